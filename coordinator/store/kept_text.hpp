// A text that copies of a record have in common: to copy one is to share it, and costs the same
// however long it is. It is never changed, only replaced, so its copies may be on different
// threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace escrowstorm::coordinator {

class KeptText {
 public:
  KeptText() = default;  // empty
  KeptText(std::string text)
      : text_(text.empty() ? nullptr : std::make_shared<const std::string>(std::move(text))) {}
  KeptText(const char* text) : KeptText(std::string(text)) {}

  const std::string& text() const {
    static const std::string none;
    return text_ ? *text_ : none;
  }
  operator const std::string&() const { return text(); }
  bool empty() const { return !text_; }

  friend bool operator==(const KeptText& a, const KeptText& b) {
    return a.text_ == b.text_ || a.text() == b.text();
  }

 private:
  std::shared_ptr<const std::string> text_;  // never of an empty one
};

}  // namespace escrowstorm::coordinator
