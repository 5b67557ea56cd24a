#include "base/http/trickle.hpp"

#include <algorithm>
#include <boost/asio/write.hpp>
#include <utility>

namespace escrowstorm::http {

namespace asio = boost::asio;

namespace {

// Owned by the operation it waits for.
class Trickle : public std::enable_shared_from_this<Trickle> {
 public:
  Trickle(SessionSocket& socket, std::vector<std::string> pieces, Duration pause,
          std::function<void(bool)> done)
      : socket_(socket),
        timer_(socket.get_executor()),
        pieces_(std::move(pieces)),
        pause_(pause),
        done_(std::move(done)) {}

  void send() {
    asio::async_write(socket_, asio::buffer(pieces_[sent_]),
                      [self = shared_from_this()](boost::system::error_code broken, std::size_t) {
                        if (broken || ++self->sent_ == self->pieces_.size())
                          return self->done_(!broken);
                        self->wait();
                      });
  }

 private:
  void wait() {
    timer_.expires_after(pause_);
    timer_.async_wait([self = shared_from_this()](boost::system::error_code) { self->send(); });
  }

  SessionSocket& socket_;
  asio::steady_timer timer_;
  const std::vector<std::string> pieces_;
  const Duration pause_;
  const std::function<void(bool)> done_;
  std::size_t sent_ = 0;
};

}  // namespace

std::vector<std::string> pieces_of(std::string_view bytes, const ServerResponse& response) {
  std::vector<std::string> pieces;
  std::size_t size = bytes.size() - response.body.size();
  for (; !bytes.empty(); size = std::min(response.pace.bytes, bytes.size())) {
    pieces.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return pieces;
}

void trickle(SessionSocket& socket, std::vector<std::string> pieces, Duration pause,
             std::function<void(bool)> done) {
  std::make_shared<Trickle>(socket, std::move(pieces), pause, std::move(done))->send();
}

}  // namespace escrowstorm::http
