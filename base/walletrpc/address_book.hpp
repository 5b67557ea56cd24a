// The address book of the open wallet.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/walletrpc/wallet_files.hpp"

namespace escrowstorm::walletrpc {

struct GetAddressBook {
  static constexpr std::string_view method = "get_address_book";
  std::vector<std::uint64_t> entries;  // indices; empty: all
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("entries", s.entries);
  }

  struct Entry {
    std::string address;
    std::string description;
    std::uint64_t index = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("address", s.address);
      v("description", s.description);
      v("index", s.index);
    }
  };

  struct Answer {
    std::vector<Entry> entries;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("entries", s.entries);
    }
  };
};

struct AddAddressBook {
  static constexpr std::string_view method = "add_address_book";
  std::string address;
  std::string description;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("address", s.address);
    v("description", s.description);
  }

  struct Answer {
    std::uint64_t index = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("index", s.index);
    }
  };
};

struct EditAddressBook {
  static constexpr std::string_view method = "edit_address_book";
  std::string address;
  std::string description;
  std::uint64_t index = 0;
  bool set_address = false;
  bool set_description = false;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("address", s.address);
    v("description", s.description);
    v("index", s.index);
    v("set_address", s.set_address);
    v("set_description", s.set_description);
  }
  using Answer = Empty;
};

struct DeleteAddressBook {
  static constexpr std::string_view method = "delete_address_book";
  std::uint64_t index = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("index", s.index);
  }
  using Answer = Empty;
};

}  // namespace escrowstorm::walletrpc
