#include "mockrpc/instance/log_categories.hpp"

#include <cstdlib>

namespace escrowstorm::mockrpc {

std::string_view LogCategories::of_level(long level) {
  switch (level) {
    case 0:
      return "*:WARNING,net:FATAL,net.http:FATAL,net.ssl:FATAL,net.p2p:FATAL,net.cn:FATAL,"
             "daemon.rpc:FATAL,global:INFO,verify:FATAL,serialization:FATAL,"
             "daemon.rpc.payment:ERROR,stacktrace:INFO,logging:INFO,msgwriter:INFO";
    case 1:
      return "*:INFO,global:INFO,stacktrace:INFO,logging:INFO,msgwriter:INFO,perf.*:DEBUG";
    case 2:
      return "*:DEBUG";
    case 3:
      return "*:TRACE,*.dump:DEBUG";
    case 4:
      return "*:TRACE";
    default:
      return "";
  }
}

void LogCategories::set_level(int level) { changed_ = of_level(level); }

void LogCategories::set(std::string_view wanted) {
  const std::string text(wanted.substr(0, wanted.find('\0')));
  char* end = nullptr;
  const long level = std::strtol(text.c_str(), &end, 10);
  const std::string_view rest(end);
  if (rest.empty() && !text.empty()) {
    if (level >= 0 && level <= 4) changed_ = of_level(level);
  } else if (rest.starts_with(',')) {
    replace(std::string(of_level(static_cast<int>(level))).append(rest));
  } else {
    replace(text);
  }
}

void LogCategories::replace(std::string_view wanted) {
  if (!changed_) changed_ = of_level(0);
  std::string& text = *changed_;
  if (wanted.starts_with('+')) {
    wanted.remove_prefix(1);
    if (!wanted.empty() && !text.empty()) text += ',';
    text += wanted;
  } else if (wanted.starts_with('-')) {
    // Erases texts, not entries: commas stay, and the first place counts, be it inside another.
    wanted.remove_prefix(1);
    while (true) {
      const std::size_t comma = wanted.find(',');
      const std::string_view gone = wanted.substr(0, comma);
      if (const std::size_t at = text.find(gone); at != text.npos) text.erase(at, gone.size());
      if (comma == wanted.npos) break;
      wanted.remove_prefix(comma + 1);
    }
  } else {
    text = wanted;
  }
}

}  // namespace escrowstorm::mockrpc
