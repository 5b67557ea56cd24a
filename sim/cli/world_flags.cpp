#include "sim/cli/world_flags.hpp"

#include <CLI/CLI.hpp>

#include "sim/world/rpc_urls.hpp"

namespace escrowstorm::sim {

void add_world_flags(CLI::App& app, WorldFlags& flags) {
  app.add_option("--rpc", flags.rpc, "A wallet RPC of the live world; at least three times")
      ->type_name("URL")
      ->allow_extra_args(false);
  add_access_flags(app, flags.access, "the --rpc");
  app.add_option("--monero-bin", flags.monero_bin,
                 "Folder of monerod and monero-wallet-rpc for the regtest world")
      ->type_name("DIR");
  app.add_flag("--allow-mainnet", flags.allow_mainnet, "Let the live world use mainnet");
  app.add_flag("--allow-unknown-version", flags.allow_unknown_version,
               "Let the live world use a wallet RPC of an unknown version");
}

std::variant<WorldOptions, std::vector<std::string>> read_world_flags(const WorldFlags& flags,
                                                                      std::string_view world,
                                                                      std::string_view option) {
  WorldOptions options;
  if (world == "live") {
    auto rpc = read_rpc_urls(flags.rpc);
    if (auto* complaints = std::get_if<std::vector<std::string>>(&rpc)) return *complaints;
    options.rpc = std::get<std::vector<http::Endpoint>>(std::move(rpc));
    auto access = read_access(flags.access);
    if (const auto* wrong = std::get_if<std::string>(&access)) return std::vector{*wrong};
    options.access = std::get<http::Access>(std::move(access));
  } else if (!flags.rpc.empty() || flags.access.given()) {
    return std::vector{"--rpc goes with the live world, this is " + std::string(world) + " (" +
                       std::string(option) + " live)"};
  }
  if (world != "virtual") {  // whose key is of its seed
    auto key = coordinator::DatabaseKey::from_environment();
    if (const auto* wrong = std::get_if<std::string>(&key)) return std::vector{*wrong};
    options.database_key = std::get<std::optional<coordinator::DatabaseKey>>(std::move(key));
  }
  if (!flags.monero_bin.empty()) options.monero_bin = flags.monero_bin;
  options.allow_mainnet = flags.allow_mainnet;
  options.allow_unknown_version = flags.allow_unknown_version;
  return options;
}

}  // namespace escrowstorm::sim
