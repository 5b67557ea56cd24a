#include "tests/fidelity/file_script.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "tests/mockrpc/binary_client.hpp"

namespace escrowstorm::fidelity {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view becomes = " -> ";

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void replace_all(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += with.size())
    text.replace(at, what.size(), with);
}

// What is in the folder, with its permissions; "d" and "l" before directories and links, "=0"
// behind empty files.
std::string listing(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  std::ostringstream text;
  for (const std::string& name : names) {
    struct stat is {};
    ::lstat((folder / name).c_str(), &is);
    if (S_ISDIR(is.st_mode)) text << 'd';
    if (S_ISLNK(is.st_mode)) text << 'l';
    text << name << ':' << std::oct << (is.st_mode & 0777);
    if (S_ISREG(is.st_mode) && is.st_size == 0) text << "=0";
    text << ' ';
  }
  std::string line = text.str();
  if (!line.empty()) line.pop_back();
  return line;
}

// Asked as any other program would.
std::string lock_of(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) throw std::runtime_error("no such file: " + file.string());
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool asked = ::fcntl(descriptor, F_GETLK, &lock) == 0;
  ::close(descriptor);
  if (!asked) throw std::runtime_error("can't ask for the lock of " + file.string());
  return lock.l_type == F_UNLCK ? "free" : "locked";
}

void truncate(const fs::path& file, const std::string& how) {
  const std::uintmax_t size = fs::file_size(file);
  if (how == "half") return fs::resize_file(file, size / 2);
  if (how == "last") return fs::resize_file(file, size - 1);
  fs::resize_file(file, std::stoul(how));
}

void write_garbage(const fs::path& file, std::size_t size) {
  std::ofstream out(file, std::ios::binary);
  for (std::size_t i = 0; i < size; ++i) out.put(static_cast<char>((i * 7919 + 13) % 251));
}

void append(const fs::path& file, std::size_t size) {
  std::ofstream(file, std::ios::binary | std::ios::app) << std::string(size, 'x');
}

}  // namespace

std::string FileScript::perform(const std::string& line) {
  const bool is_call = line.size() > 2 && line[0] >= '0' && line[0] <= '2' && line[1] == ' ';
  return is_call ? call(static_cast<std::size_t>(line[0] - '0'), line.substr(2)) : operate(line);
}

std::string FileScript::call(std::size_t instance, const std::string& rest) {
  const std::size_t arrow = rest.find(becomes);
  std::string asked = rest.substr(0, arrow);
  for (const auto& [name, message] : messages_) replace_all(asked, "$" + name, message);
  const std::size_t space = asked.find(' ');
  const json params = space == asked.npos ? json::object() : json::parse(asked.substr(space + 1));

  test::BinaryClient client({"127.0.0.1", programs_.port(instance)});
  json answer = client.call(asked.substr(0, space), params);
  json& said = answer.contains("error") ? answer["error"] : answer["result"];
  if (arrow != rest.npos)
    messages_[rest.substr(arrow + becomes.size())] = said.value("multisig_info", "");
  said.erase("multisig_info");
  said.erase("addresses");
  return tidy(said.dump());
}

std::string FileScript::operate(const std::string& line) {
  std::istringstream words(line);
  std::string verb, a, b;
  words >> verb >> a >> b;
  const fs::path folder = programs_.folder();
  const fs::path away = folder.string() + ".away";
  const fs::path file = folder / a;
  const auto instance = [&] { return static_cast<std::size_t>(std::stoul(a)); };
  const auto restart_after = [&](int signal) {
    const int status = programs_.end(instance(), signal);
    programs_.start(instance());
    return "exit " + std::to_string(status);
  };

  if (verb == "ls") return listing(folder);
  if (verb == "lock") return lock_of(file);
  if (verb == "show") return tidy(content_of(file));
  if (verb == "terminate") return restart_after(SIGTERM);
  if (verb == "interrupt") return restart_after(SIGINT);
  if (verb == "kill") {
    restart_after(SIGKILL);
  } else if (verb == "hang") {
    programs_.signal(instance(), SIGSTOP);
  } else if (verb == "continue") {
    programs_.signal(instance(), SIGCONT);
  } else if (verb == "limit") {
    programs_.limit_file_size(instance(), b == "unlimited" ? RLIM_INFINITY : std::stoul(b));
  } else if (verb == "copy") {
    fs::copy_file(file, folder / b, fs::copy_options::overwrite_existing);
  } else if (verb == "rename") {
    fs::rename(file, folder / b);
  } else if (verb == "link") {
    fs::create_hard_link(file, folder / b);
  } else if (verb == "symlink") {
    fs::create_symlink(a, folder / b);
  } else if (verb == "mkdir") {
    fs::create_directory(file);
  } else if (verb == "remove" || verb == "rmdir") {
    if (!fs::remove(file)) throw std::runtime_error("not there: " + line);
  } else if (verb == "truncate") {
    truncate(file, b);
  } else if (verb == "append") {
    append(file, std::stoul(b));
  } else if (verb == "garbage") {
    write_garbage(file, std::stoul(b));
  } else if (verb == "move-folder-away") {
    fs::rename(folder, away);
  } else if (verb == "make-folder") {
    fs::create_directory(folder);
  } else if (verb == "move-folder-back") {
    fs::remove_all(folder);
    fs::rename(away, folder);
  } else {
    throw std::invalid_argument("unknown: " + line);
  }
  return {};
}

std::string FileScript::tidy(const std::string& text) {
  std::string tidied = text;
  replace_all(tidied, programs_.folder().string(), "DIR");
  static const std::regex address("[459A][1-9A-HJ-NP-Za-km-z]{94}");
  for (std::smatch found; std::regex_search(tidied, found, address);) {
    const std::string name = "<" + std::to_string(addresses_.size()) + ">";
    replace_all(tidied, found.str(), addresses_.try_emplace(found.str(), name).first->second);
  }
  return tidied;
}

}  // namespace escrowstorm::fidelity
