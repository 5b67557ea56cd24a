// Whom wallets under test pay, and who mines what they shall not have: an address of mainnet, so of
// regtest too, that is none of theirs. It is the Monero project's.
#pragma once

namespace escrowstorm::test {

inline constexpr const char* stranger =
    "42ey1afDFnn4886T7196doS9GPMzexD9gXpsZJDwVjeRVdFCSoHnv7KPbBeGpzJBzHRCAs9UxqeoyFQMYbqSWYTfJJQAWD"
    "m";

}  // namespace escrowstorm::test
