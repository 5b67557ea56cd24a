// Mocks that a test started as programs.
#pragma once

#include <string>
#include <vector>

namespace escrowstorm::e2e {

// The URLs of a mock that says "... answer on 127.0.0.1:40001,40007-40009".
std::vector<std::string> announced_urls(const std::string& announced);

// Makes a wallet on this instance and leaves it open.
void open_a_wallet(const std::string& url);

}  // namespace escrowstorm::e2e
