// Flags of the real monero-wallet-rpc that the mock does not act on.
#pragma once

#include <string_view>

namespace escrowstorm::mockrpc {

// Taken and ignored, so that a start script of the real one works as it is.
struct IgnoredFlag {
  std::string_view name;
  bool takes_value;
};

inline constexpr IgnoredFlag ignored_flags[] = {
    {"--allow-mismatched-daemon-version", false},
    {"--bitmessage-address", true},
    {"--bitmessage-login", true},
    {"--daemon-address", true},
    {"--daemon-host", true},
    {"--daemon-login", true},
    {"--daemon-port", true},
    {"--daemon-ssl", true},
    {"--daemon-ssl-allow-any-cert", false},
    {"--daemon-ssl-allow-chained", false},
    {"--daemon-ssl-allowed-fingerprints", true},
    {"--daemon-ssl-ca-certificates", true},
    {"--daemon-ssl-certificate", true},
    {"--daemon-ssl-private-key", true},
    {"--disable-rpc-ban", false},
    {"--extra-entropy", true},
    {"--kdf-rounds", true},
    {"--log-file", true},
    {"--log-level", true},
    {"--max-concurrency", true},
    {"--max-log-file-size", true},
    {"--max-log-files", true},
    {"--no-dns", false},
    {"--no-initial-sync", false},
    {"--non-interactive", false},
    {"--password", true},
    {"--proxy", true},
    {"--rpc-client-secret-key", true},
    {"--rpc-response-soft-limit", true},
    {"--rpc-restricted-bind-ip", true},
    {"--rpc-restricted-bind-ipv6-address", true},
    {"--shared-ringdb-dir", true},
    {"--trusted-daemon", false},
    {"--untrusted-daemon", false},
};

// Refused: whoever gives one counts on what it does.
struct RefusedFlag {
  std::string_view name;
  std::string_view remedy;
};

inline constexpr RefusedFlag refused_flags[] = {
    {"--config-file", "give the flags themselves"},
    {"--detach", "the mock stays in the foreground: start it with & or from a service manager"},
    {"--generate-from-json", "create the wallet by RPC: create_wallet"},
    {"--hw-device", "the mock knows no hardware wallets"},
    {"--hw-device-deriv-path", "the mock knows no hardware wallets"},
    {"--password-file", "give the password by RPC: open_wallet"},
    {"--pidfile", "the mock stays in the foreground: its parent knows the pid"},
    {"--prompt-for-password", "give the password by RPC: open_wallet"},
    {"--restricted-rpc", "the mock serves all its methods"},
    {"--rpc-bind-ipv6-address", "give the address to --rpc-bind-ip"},
    {"--rpc-ignore-ipv4", "give an IPv6 address to --rpc-bind-ip"},
    {"--rpc-ssl-allow-chained", "the mock asks its clients for no certificate"},
    {"--rpc-ssl-allowed-fingerprints", "the mock asks its clients for no certificate"},
    {"--rpc-ssl-ca-certificates", "the mock asks its clients for no certificate"},
    {"--rpc-use-ipv6", "give an IPv6 address to --rpc-bind-ip"},
    {"--tx-notify", "the mock starts no programs: ask get_transfers"},
    {"--wallet-file", "use --wallet-dir and open the wallet by RPC: open_wallet"},
};

}  // namespace escrowstorm::mockrpc
