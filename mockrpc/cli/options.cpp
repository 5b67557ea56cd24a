#include "mockrpc/cli/options.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/ip/address.hpp>
#include <limits>

#include "mockrpc/cli/real_flags.hpp"
#include "mockrpc/cli/whole_number.hpp"
#include "mockrpc/cli/wire_options.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::uint32_t ports_max = 65'535;
constexpr std::uint32_t cores_max = 65'536;

// What the command line says, before it is checked.
struct Raw {
  std::string bind_ip = "127.0.0.1";
  std::uint32_t bind_port = 18'083;
  bool confirm_external_bind = false;
  std::string wallet_dir;
  std::string arrivals;
  bool testnet = false;
  bool stagenet = false;
  std::uint32_t instances = 1;
  std::string latency = "none";
  std::uint32_t cores = 8;
  std::string emulate{default_version_name};
  std::uint64_t seed = 0;
  std::uint32_t daemon_port = 0;
  bool offline = false;
  bool enforce_ring_size = false;
  WireFlags wire;
  std::string unused;
};

std::string version_names() {
  std::string names;
  for (const Version& version : versions())
    names.append(names.empty() ? "" : ", ").append(version.name);
  return names;
}

void add_own_flags(CLI::App& app, Raw& raw) {
  const auto group = "The fleet";
  app.add_option("--instances", raw.instances, "Wallet RPCs, on consecutive ports and one folder")
      ->transform(whole_number(1, ports_max))
      ->type_name("N")
      ->capture_default_str()
      ->group(group);
  app.add_option("--latency", raw.latency,
                 "How long calls take: none, measured, measured-ssl,\n"
                 "reported, or the path of a .json file (docs/mock.md)")
      ->type_name("PROFILE")
      ->capture_default_str()
      ->group(group);
  app.add_option("--cores", raw.cores, "Shared by the computing part of all calls")
      ->transform(whole_number(1, cores_max))
      ->type_name("N")
      ->capture_default_str()
      ->group(group);
  app.add_option("--daemon-rpc-port", raw.daemon_port,
                 "Also answer as the monerod --regtest that the wallets\n"
                 "look at; 0: on a free port (default: they have none)")
      ->transform(whole_number(0, ports_max))
      ->type_name("PORT")
      ->group(group);
  app.add_flag("--enforce-ring-size", raw.enforce_ring_size,
               "Refuse to spend, as the real one does, while the chain has\n"
               "fewer than 16 outputs to hide among (default: spend)")
      ->group(group);
  app.add_option("--arrivals", raw.arrivals,
                 "Write down when each call arrives: nanoseconds since the\n"
                 "program began, instance, method (default: nowhere)")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--emulate", raw.emulate, version_names())
      ->type_name("VERSION")
      ->capture_default_str()
      ->group(group);
  app.add_option(
         "--seed", raw.seed,
         "Same seed, same calls: same wallets, same latencies\n(default: another each time)")
      ->transform(whole_number(0, std::numeric_limits<std::uint64_t>::max()))
      ->type_name("N")
      ->group(group);
}

void add_real_flags(CLI::App& app, Raw& raw) {
  const auto group = "As monero-wallet-rpc";
  app.add_option("--rpc-bind-port", raw.bind_port, "Of the first instance; 0: a free one for each")
      ->transform(whole_number(0, ports_max))
      ->type_name("PORT")
      ->capture_default_str()
      ->group(group);
  app.add_option("--rpc-bind-ip", raw.bind_ip, "Address to listen on")
      ->type_name("IP")
      ->capture_default_str()
      ->group(group);
  app.add_flag("--confirm-external-bind", raw.confirm_external_bind,
               "Allow an IP that is not loopback")
      ->group(group);
  app.add_option("--wallet-dir", raw.wallet_dir,
                 "Folder of the wallet files, made when only itself is\n"
                 "missing (default: wallets live in memory)")
      ->type_name("DIR")
      ->group(group);
  app.add_flag("--testnet", raw.testnet, "Addresses of testnet")->group(group);
  app.add_flag("--stagenet", raw.stagenet, "Addresses of stagenet (without both: mainnet)")
      ->group(group);
  app.add_flag("--offline", raw.offline, "The wallets have no daemon, --daemon-rpc-port or not")
      ->group(group);
}

// CLI11 names no flag of a group without a name, so they have one, and --help leaves it out.
constexpr const char* ignored_group = "Ignored";

class Help : public CLI::Formatter {
 public:
  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override {
    if (group == ignored_group) return {};
    return CLI::Formatter::make_group(std::move(group), is_positional, std::move(options));
  }
};

void add_ignored_flags(CLI::App& app, Raw& raw) {
  for (const IgnoredFlag& flag : ignored_flags) {
    const std::string name(flag.name);
    CLI::Option* option = flag.takes_value ? app.add_option(name, raw.unused) : app.add_flag(name);
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)->group(ignored_group);
  }
}

std::string footer() {
  std::string text = "Flags of the real one that are taken and ignored:\n ";
  std::size_t column = 1;
  for (const IgnoredFlag& flag : ignored_flags) {
    if (column + flag.name.size() > 78) {
      text += "\n ";
      column = 1;
    }
    text.append(" ").append(flag.name);
    column += flag.name.size() + 1;
  }
  return text +
         "\n\nIt prints one line when all ports answer and runs until SIGINT, SIGTERM or SIGHUP. "
         "Exit "
         "status:\n"
         "0 ended by a signal, 1 a failure of its own, 2 bad usage, 6 a port or the wallet folder\n"
         "can't be had.";
}

CliEnd refuse(std::string line) {
  return CliEnd{exit_status::bad_usage, "mock-wallet-rpc: " + std::move(line)};
}

// An argument that no option takes.
CliEnd refuse_unknown(const std::string& argument) {
  const std::string name = argument.substr(0, argument.find('='));
  for (const RefusedFlag& flag : refused_flags)
    if (flag.name == name)
      return refuse(name + " is not for the mock: " + std::string(flag.remedy));
  return refuse("'" + argument + "' is no flag of it; mock-wallet-rpc --help lists them");
}

std::variant<CliOptions, CliEnd> check(const CLI::App& app, const Raw& raw) {
  CliOptions options;
  boost::system::error_code bad_address;
  const auto address = boost::asio::ip::make_address(raw.bind_ip, bad_address);
  if (bad_address) return refuse("--rpc-bind-ip: '" + raw.bind_ip + "' is no IP address");
  if (!address.is_loopback() && !raw.confirm_external_bind)
    return refuse(
        "--rpc-bind-ip " + raw.bind_ip +
        " lets others in; if that is meant, add --confirm-external-bind, and --rpc-login");
  if (raw.bind_port != 0 && raw.bind_port + raw.instances - 1 > ports_max)
    return refuse("--instances " + std::to_string(raw.instances) +
                  " do not fit above --rpc-bind-port " + std::to_string(raw.bind_port) +
                  ": the last port is 65535");
  if (raw.bind_port != 0 && raw.daemon_port >= raw.bind_port &&
      raw.daemon_port < raw.bind_port + raw.instances)
    return refuse("--daemon-rpc-port " + std::to_string(raw.daemon_port) +
                  " is the port of an instance: choose one outside of " +
                  std::to_string(raw.bind_port) + " to " +
                  std::to_string(raw.bind_port + raw.instances - 1));
  if (raw.testnet && raw.stagenet)
    return refuse("--testnet and --stagenet exclude each other, give one of them");
  auto manners = manners_of(app, raw.wire);
  if (const auto* error = std::get_if<std::string>(&manners)) return refuse(*error);
  const auto version = find_version(raw.emulate);
  if (!version)
    return refuse("--emulate: version '" + raw.emulate + "' is not known, expected one of " +
                  version_names());
  if (app.count("--wallet-dir") > 0 && raw.wallet_dir.empty())
    return refuse("--wallet-dir: empty, expected a folder");
  if (app.count("--arrivals") > 0 && raw.arrivals.empty())
    return refuse("--arrivals: empty, expected a file");
  auto latency = LatencyProfile::load(raw.latency, version->name);
  if (const auto* error = std::get_if<std::string>(&latency)) return refuse("--latency: " + *error);

  if (app.count("--seed") > 0) options.seed = raw.seed;
  options.limits = raw.wire.limits;
  options.manners = std::get<http::ServerManners>(std::move(manners));
  options.first = http::Endpoint{raw.bind_ip, static_cast<std::uint16_t>(raw.bind_port)};
  options.instances = raw.instances;
  if (app.count("--daemon-rpc-port") > 0)
    options.daemon_port = static_cast<std::uint16_t>(raw.daemon_port);
  options.offline = raw.offline;
  options.enforce_ring_size = raw.enforce_ring_size;
  options.wallet_dir = raw.wallet_dir;
  options.arrivals_file = raw.arrivals;
  if (raw.testnet) options.network = Network::testnet;
  if (raw.stagenet) options.network = Network::stagenet;
  options.version = *version;
  options.latency_name = raw.latency;
  options.latency = std::get<LatencyProfile>(std::move(latency));
  options.cores = raw.cores;
  for (const IgnoredFlag& flag : ignored_flags)
    if (app.count(std::string(flag.name)) > 0) options.ignored.emplace_back(flag.name);
  return options;
}

}  // namespace

std::variant<CliOptions, CliEnd> parse_command_line(int argc, const char* const* argv) {
  CLI::App app(
      "Answers as one or many monero-wallet-rpc would, without a Monero node: wallet files, the "
      "one\nwallet slot, the multisig key exchange, its errors and its latencies.",
      "mock-wallet-rpc");
  app.set_version_flag("--version", "mock-wallet-rpc " ESCROWSTORM_VERSION
                                    " of Escrowstorm, emulates monero-wallet-rpc " +
                                        version_names());
  app.allow_extras();  // kept, to be refused by name below
  app.formatter(std::make_shared<Help>());
  app.footer(footer());
  Raw raw;
  add_own_flags(app, raw);
  add_real_flags(app, raw);
  add_wire_flags(app, raw.wire);
  add_ignored_flags(app, raw);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return CliEnd{exit_status::ok, app.help()};
  } catch (const CLI::CallForVersion& version) {
    return CliEnd{exit_status::ok, version.what()};
  } catch (const CLI::ParseError& error) {
    return refuse(error.what());
  }
  const auto extras = app.remaining();
  if (!extras.empty()) return refuse_unknown(extras.front());
  return check(app, raw);
}

}  // namespace escrowstorm::mockrpc
