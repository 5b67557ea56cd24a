// The languages of seed words, in the order of get_languages. create_wallet takes either name.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace escrowstorm::mockrpc {

struct Language {
  std::string_view english;
  std::string_view local;
};

inline constexpr std::array<Language, 12> languages{{
    {"German", "Deutsch"},
    {"English", "English"},
    {"Spanish", "Español"},
    {"French", "Français"},
    {"Italian", "Italiano"},
    {"Dutch", "Nederlands"},
    {"Portuguese", "Português"},
    {"Russian", "русский язык"},
    {"Japanese", "日本語"},
    {"Chinese (simplified)", "简体中文 (中国)"},
    {"Esperanto", "Esperanto"},
    {"Lojban", "Lojban"},
}};

constexpr bool is_language(std::string_view name) {
  return std::any_of(languages.begin(), languages.end(), [&](const Language& language) {
    return language.english == name || language.local == name;
  });
}

}  // namespace escrowstorm::mockrpc
