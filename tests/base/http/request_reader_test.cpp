// How the bytes of a connection become requests. The manners of the real one are held by its
// recordings (tests/fidelity/http_test.cpp); here is what must hold for any bytes.
#include "base/http/request_reader.hpp"

#include <gmock/gmock.h>

#include "tests/support/mutation.hpp"

namespace escrowstorm::http {
namespace {

constexpr std::size_t bytes_max = 200'000;

// What the reader makes of `chunks`, in words.
std::string read_all(const std::vector<std::string>& chunks, HeaderLines lines,
                     std::size_t most = bytes_max) {
  RequestReader reader(most, lines);
  std::string story;
  for (const std::string& chunk : chunks) {
    reader.feed(chunk);
    for (auto next = reader.next(); next != RequestReader::Next::more; next = reader.next()) {
      if (next == RequestReader::Next::broken) return story + "broken";
      const IncomingRequest incoming = reader.take();
      story += incoming.request.method + " " + incoming.request.target + " [" +
               incoming.request.body + "]" + (incoming.close_after ? " close" : "") + "\n";
    }
  }
  return story;
}

std::string read_all(const std::string& bytes, HeaderLines lines = HeaderLines::searched) {
  return read_all(std::vector<std::string>{bytes}, lines);
}

const std::string usual =
    "POST /json_rpc HTTP/1.1\r\nHost: x\r\nAuthorization: Digest a\r\nContent-Length: "
    "4\r\n\r\nbody";

TEST(RequestReader, OneByteAtATimeIsTheSame) {
  std::vector<std::string> bytes;
  for (const char c : usual) bytes.emplace_back(1, c);
  EXPECT_EQ(read_all(bytes, HeaderLines::searched), "POST /json_rpc [body]\n");
  EXPECT_EQ(read_all(bytes, HeaderLines::strict), "POST /json_rpc [body]\n");
  EXPECT_EQ(read_all(usual), "POST /json_rpc [body]\n");
}

TEST(RequestReader, NewerVersionsWantHeaderLines) {
  const auto with = [](const std::string& line) {
    return "GET / HTTP/1.1\r\n" + line + "\r\nHost: x\r\n\r\n";
  };
  for (const char* line : {"nocolon", "a b: c", ": c", " folded: x", "X : y"}) {
    EXPECT_EQ(read_all(with(line), HeaderLines::searched), "GET / []\n") << line;
    EXPECT_EQ(read_all(with(line), HeaderLines::strict), "broken") << line;
  }
  EXPECT_EQ(read_all(with("Connection: \t close \t"), HeaderLines::strict), "GET / [] close\n");
}

TEST(RequestReader, MoreBytesThanAllowedAreRefused) {
  EXPECT_EQ(read_all({usual}, HeaderLines::searched, usual.size()), "POST /json_rpc [body]\n");
  EXPECT_EQ(read_all({usual}, HeaderLines::searched, usual.size() - 1), "broken");
  const std::vector<std::string> many(10, usual);
  EXPECT_EQ(read_all(many, HeaderLines::searched, usual.size()).size(), 10 * 22u)
      << "each request is counted for itself";
}

TEST(RequestReader, WhatIsKeptIsReadLater) {
  RequestReader reader(bytes_max, HeaderLines::searched);
  std::string bytes = "GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n";
  reader.feed(bytes);
  ASSERT_EQ(reader.next(), RequestReader::Next::request);
  EXPECT_EQ(reader.take().request.target, "/a");
  reader.keep();
  bytes.assign(bytes.size(), '?');
  ASSERT_EQ(reader.next(), RequestReader::Next::request);
  EXPECT_EQ(reader.take().request.target, "/b");
  EXPECT_EQ(reader.next(), RequestReader::Next::more);
}

TEST(RequestReader, DamagedBytesInAnyChunksEndSomewhere) {
  constexpr std::string_view tokens[] = {"\r\n",
                                         "\n",
                                         "\r\n\r\n",
                                         ":",
                                         " ",
                                         "HTTP/1.1",
                                         "GET ",
                                         "Content-Length: ",
                                         "Connection: close\r\n",
                                         "\xff"};
  const std::vector<std::string> corpus{usual, "GET / HTTP/1.1\r\nHost: x\r\n\r\n" + usual};
  RandomStream random = Random(1).stream("test.chunks");
  escrowstorm::test::Mutator mutator(corpus, tokens, 1);
  int requests = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string bytes = mutator.next();
    std::vector<std::string> chunks;
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t length = 1 + random.below(bytes.size() - at);
      chunks.push_back(bytes.substr(at, length));
      at += length;
    }
    for (const auto lines : {HeaderLines::searched, HeaderLines::strict})
      requests += read_all(chunks, lines).find("]") != std::string::npos;
  }
  EXPECT_GT(requests, 1000);
}

}  // namespace
}  // namespace escrowstorm::http
