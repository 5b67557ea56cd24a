#include "coordinator/store/sqlite_store.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace escrowstorm::coordinator {
namespace {

namespace asio = boost::asio;

using Outcome = std::optional<std::string>;

// The suspended coroutine behind a commit, type-erased. Dropping it drops the coroutine.
struct Suspended {
  virtual ~Suspended() = default;
  // From any thread, once: resumes it on its own executor.
  virtual void resume(Outcome outcome) = 0;
};

template <class Handler>
struct SuspendedIn final : Suspended {
  explicit SuspendedIn(Handler h)
      : handler(std::move(h)),
        work(asio::make_work_guard(asio::get_associated_executor(handler))) {}

  void resume(Outcome outcome) override {
    // `work` is kept until after the post, or the loop could find itself without any and end.
    asio::post(work.get_executor(), asio::append(std::move(handler), std::move(outcome)));
  }

  Handler handler;
  asio::executor_work_guard<asio::associated_executor_t<Handler>> work;
};

}  // namespace

class SqliteStore::Writer {
 public:
  explicit Writer(EscrowDatabase database)
      : database_(std::move(database)), thread_(&Writer::write_batches, this) {}

  ~Writer() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  void enqueue(EscrowRecord record, std::unique_ptr<Suspended> suspended) {
    {
      const std::lock_guard lock(mutex_);
      records_.push_back(std::move(record));
      suspended_.push_back(std::move(suspended));
    }
    wake_.notify_one();
  }

 private:
  void write_batches() {
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [this] { return stopping_ || !records_.empty(); });
      if (stopping_) return;
      std::vector<EscrowRecord> records = std::exchange(records_, {});
      std::vector<std::unique_ptr<Suspended>> suspended = std::exchange(suspended_, {});
      lock.unlock();
      const std::optional<StoreError> error = database_.write(records);
      for (const auto& one : suspended) one->resume(error ? Outcome(error->message) : std::nullopt);
      suspended.clear();
      lock.lock();
    }
  }

  EscrowDatabase database_;  // of the thread, as long as it runs
  std::mutex mutex_;         // guards what follows
  std::condition_variable wake_;
  bool stopping_ = false;
  std::vector<EscrowRecord> records_;
  std::vector<std::unique_ptr<Suspended>> suspended_;  // in step with records_
  std::thread thread_;                                 // last: it uses all the others
};

namespace {

// In an ordinary function, with values as arguments: g++ 12 miscompiles captures in co_await.
struct Enqueue {
  template <class Handler, class Writer>
  void operator()(Handler&& handler, Writer* writer, EscrowRecord record) const {
    using H = std::decay_t<Handler>;
    writer->enqueue(std::move(record), std::make_unique<SuspendedIn<H>>(std::move(handler)));
  }
};

}  // namespace

SqliteStore::SqliteStore(EscrowDatabase database)
    : writer_(std::make_unique<Writer>(std::move(database))) {}

SqliteStore::~SqliteStore() = default;

Awaitable<std::optional<std::string>> SqliteStore::commit(EscrowRecord record) {
  return asio::async_initiate<const asio::use_awaitable_t<Executor>, void(Outcome)>(
      Enqueue(), asio::use_awaitable, writer_.get(), std::move(record));
}

}  // namespace escrowstorm::coordinator
