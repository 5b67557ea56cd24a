// All recordings, on a mock whose chain has nothing but its first block: those of money were made
// on chains that were older, and whoever plays them need not make the mock's as old.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <variant>

#include "base/executors.hpp"
#include "base/http/server.hpp"
#include "base/real_clock.hpp"
#include "mockrpc/chain/chain.hpp"
#include "mockrpc/daemon/daemon.hpp"
#include "mockrpc/fleet/fleet.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "sim/conformance/player.hpp"
#include "sim/conformance/transcript.hpp"

namespace escrowstorm::fidelity {
namespace {

namespace fs = std::filesystem;
using sim::Difference;
using testing::IsEmpty;

const http::Endpoint any_port{"127.0.0.1", 0};

class FreshMock {
 public:
  explicit FreshMock(const std::string& version) : version_(*mockrpc::find_version(version)) {
    mockrpc::FleetOptions options;
    options.version = version_;
    options.chain = &chain_;
    fleet_ = std::make_unique<mockrpc::Fleet>(clock_, executors_, Random(1), storage_, options);
    server_ = std::make_unique<http::Server>(loop_.get_executor(), http::ServerLimits());
    target_.daemon = daemon_.listen(*server_, any_port);
    target_.instances = fleet_->listen(*server_, any_port);
    target_.wallet_dir = storage_.directory();
    target_.run = "r";
    target_.lengthen_chain = false;
  }

  std::vector<Difference> play(const sim::Transcript& transcript) {
    sim::Player player(loop_.get_executor(), clock_, target_);
    std::vector<Difference> found;
    boost::asio::co_spawn(loop_, play_into(player, transcript, found), boost::asio::detached);
    loop_.run();
    return found;
  }

 private:
  Awaitable<void> play_into(sim::Player& player, const sim::Transcript& transcript,
                            std::vector<Difference>& found) {
    found = co_await player.play(transcript);
    loop_.stop();
  }

  boost::asio::io_context loop_;
  RealClock clock_{loop_.get_executor()};
  SingleExecutor executors_{loop_.get_executor()};
  mockrpc::Version version_;
  mockrpc::Chain chain_{clock_, clock_.unix_began(), RandomStream(1)};
  mockrpc::Daemon daemon_{chain_, version_, mockrpc::Network::mainnet};
  mockrpc::MemoryStorage storage_;
  std::unique_ptr<mockrpc::Fleet> fleet_;
  std::unique_ptr<http::Server> server_;
  sim::PlayerTarget target_;
};

class FreshChain : public testing::TestWithParam<std::string> {};

TEST_P(FreshChain, DoesForEveryRecording) {
  const fs::path folder = fs::path(ESCROWSTORM_SOURCE_DIR) / "tests/data/transcripts" / GetParam();
  std::size_t played = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream in(entry.path());
    const std::string text(std::istreambuf_iterator<char>(in), {});
    auto read = sim::read_transcript(text, entry.path().filename().string());
    ASSERT_TRUE(std::holds_alternative<sim::Transcript>(read)) << entry.path();
    FreshMock mock(GetParam());
    std::string words;
    const auto found = mock.play(std::get<sim::Transcript>(read));
    for (const Difference& d : found) words += std::to_string(d.step) + ": " + d.what + "\n";
    EXPECT_THAT(words, IsEmpty()) << entry.path();
    ++played;
  }
  EXPECT_EQ(played, 12u);
}

INSTANTIATE_TEST_SUITE_P(, FreshChain, testing::Values("0.18.0.0", "0.18.5.1"),
                         [](const auto& version) { return version.index == 0 ? "Old" : "New"; });

}  // namespace
}  // namespace escrowstorm::fidelity
