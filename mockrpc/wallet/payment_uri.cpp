#include "mockrpc/wallet/payment_uri.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "mockrpc/keys/address.hpp"
#include "mockrpc/keys/hex.hpp"

namespace escrowstorm::mockrpc {

using walletrpc::ParseUri;
using walletrpc::PaymentUri;

namespace {

constexpr std::string_view scheme = "monero:";
constexpr std::size_t decimals = 12;
constexpr std::string_view hex_digits = "0123456789ABCDEF";

bool is_unsafe(unsigned char c) {
  constexpr std::string_view unsafe = "\"<>%\\^[]`+$,@:;!#&";  // '=' and '?' are not in it
  return c <= ' ' || c > 'z' || unsafe.find(static_cast<char>(c)) != unsafe.npos;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char each : text) {
    const auto c = static_cast<unsigned char>(each);
    if (is_unsafe(c))
      out.append({'%', hex_digits[c / 16], hex_digits[c % 16]});
    else
      out.push_back(each);
  }
  return out;
}

// What is no escape stays as it is.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size();
    const auto byte = escape ? from_hex(text.substr(i + 1, 2)) : std::nullopt;
    if (byte)
      out.append(*byte);
    else
      out.append(text.substr(i, escape ? 3 : 1));
    if (escape) i += 2;
  }
  return out;
}

// All twelve places.
std::string decimal(Amount amount) {
  std::string digits = std::to_string(amount.atomic());
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  digits.insert(digits.size() - decimals, 1, '.');
  return digits;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view spaces = " \t\n\v\f\r";
  text.remove_prefix(std::min(text.find_first_not_of(spaces), text.size()));
  return text.substr(0, text.find_last_not_of(spaces) + 1);
}

std::optional<Amount> parse_decimal(std::string_view text) {
  std::string digits(trimmed(text));
  std::size_t places = 0;
  if (const std::size_t point = digits.find('.'); point != digits.npos) {
    places = digits.size() - point - 1;
    for (; places > decimals && digits.back() == '0'; --places) digits.pop_back();
    if (places > decimals) return std::nullopt;
    digits.erase(point, 1);
  }
  if (digits.empty()) return std::nullopt;
  digits.append(decimals - places, '0');
  std::uint64_t units = 0;
  const char* const end = digits.data() + digits.size();
  const auto [read_to, failed] = std::from_chars(digits.data(), end, units);
  if (failed != std::errc() || read_to != end) return std::nullopt;
  return Amount::from_atomic(units);
}

bool is_long_payment_id(std::string_view hex) {
  const auto bytes = from_hex(hex);
  return bytes && bytes->size() == sizeof(Bytes32);
}

Outcome<void> take_parameter(std::string_view key, std::string_view value, bool integrated,
                             PaymentUri& payment) {
  if (key == "tx_amount") {
    const std::optional<Amount> amount = parse_decimal(value);
    if (!amount) return Refused{"URI has invalid amount: " + std::string(value)};
    payment.amount = *amount;
  } else if (key == "tx_payment_id") {
    if (integrated) return Refused{"Separate payment id given with an integrated address"};
    if (!is_long_payment_id(value)) return Refused{"Invalid payment id: " + std::string(value)};
    payment.payment_id = value;
  } else if (key == "recipient_name") {
    payment.recipient_name = unescaped(value);
  } else {
    payment.tx_description = unescaped(value);
  }
  return {};
}

bool is_known(std::string_view key) {
  return key == "tx_amount" || key == "tx_payment_id" || key == "recipient_name" ||
         key == "tx_description";
}

}  // namespace

Outcome<std::string> make_uri(const PaymentUri& payment, Network network) {
  const std::optional<Address> address = parse_address(payment.address, network);
  if (!address) return Refused{"wrong address: " + payment.address};
  if (!payment.payment_id.empty())
    return Refused{address->kind == AddressKind::integrated
                       ? "A single payment id is allowed"
                       : "Standalone payment id deprecated, use integrated address instead"};
  std::string uri = std::string(scheme) + payment.address;
  char separator = '?';
  const auto add = [&](std::string_view key, std::string_view value) {
    uri.push_back(std::exchange(separator, '&'));
    uri.append(key).append("=").append(value);
  };
  if (payment.amount != Amount()) add("tx_amount", decimal(payment.amount));
  if (!payment.recipient_name.empty()) add("recipient_name", escaped(payment.recipient_name));
  if (!payment.tx_description.empty()) add("tx_description", escaped(payment.tx_description));
  return {boost::system::in_place_value, std::move(uri)};
}

Outcome<ParseUri::Answer> parse_uri(std::string_view uri, Network network) {
  if (!uri.starts_with(scheme))
    return Refused{"URI has wrong scheme (expected \"monero:\"): " + std::string(uri)};
  const std::string_view remainder = uri.substr(scheme.size());
  const std::size_t question = remainder.find('?');
  ParseUri::Answer answer;
  answer.uri.address = remainder.substr(0, question);
  const std::optional<Address> address = parse_address(answer.uri.address, network);
  if (!address) return Refused{"URI has wrong address: " + answer.uri.address};
  if (question == remainder.npos || question + 1 == remainder.size()) return answer;

  std::set<std::string_view> seen;
  std::string_view rest = remainder.substr(question + 1);
  while (true) {
    const std::size_t end = rest.find('&');
    const std::string_view parameter = rest.substr(0, end);
    const std::size_t equals = parameter.find('=');
    if (equals == parameter.npos || parameter.find('=', equals + 1) != parameter.npos)
      return Refused{"URI has wrong parameter: " + std::string(parameter)};
    const std::string_view key = parameter.substr(0, equals);
    if (!seen.insert(key).second)
      return Refused{"URI has more than one instance of " + std::string(key)};
    if (!is_known(key)) {
      answer.unknown_parameters.emplace_back(parameter);
    } else if (auto taken = take_parameter(key, parameter.substr(equals + 1),
                                           address->kind == AddressKind::integrated, answer.uri);
               !taken) {
      return taken.error();
    }
    if (end == rest.npos) return answer;
    rest.remove_prefix(end + 1);
  }
}

}  // namespace escrowstorm::mockrpc
