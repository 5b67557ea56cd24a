#include "sim/trace/trace_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "sim/trace/event_line.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::size_t buffer_bytes = 256 * 1024;

}  // namespace

TraceWriter::TraceWriter(std::filesystem::path file) : file_(std::move(file)) {
  out_ = UniqueFd(::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!out_) fail(errno);
  buffer_.reserve(buffer_bytes + 4096);
}

TraceWriter::~TraceWriter() { flush(); }

void TraceWriter::on(const Event& event) {
  const std::size_t begin = buffer_.size();
  append_event_line(buffer_, events_++, event);
  digest_.add_line(std::string_view(buffer_).substr(begin));
  if (buffer_.size() >= buffer_bytes) flush();
}

void TraceWriter::flush() {
  std::string_view left = buffer_;
  while (!left.empty() && !failure_) {
    const ssize_t written = ::write(out_.get(), left.data(), left.size());
    if (written >= 0) {
      left.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      fail(errno);
    }
  }
  buffer_.clear();
}

void TraceWriter::fail(int error) {
  failure_ = file_.string() + ": " + std::generic_category().message(error) +
             ": the trace is not complete";
}

}  // namespace escrowstorm::sim
