// Whether the write-ahead log beside a database was damaged after it was written.
//
// SQLite takes a log to end at its first frame that does not fit, since so ends one that was being
// written when the machine stopped. Where a frame was damaged later, all that was committed in it
// and behind it would be gone without a word. But with synchronous=FULL a transaction is on the
// disk before the next one begins: a log that goes on after a transaction with a frame that does
// not fit has not just ended there. Of the last transaction nobody can tell.
//
// The form of the log: https://www.sqlite.org/fileformat2.html#walformat
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace escrowstorm::coordinator {

// What is wrong, in one clause; nothing where there is no log. Reads as far as it has to.
std::optional<std::string> damage_of_log(const std::filesystem::path& log);

}  // namespace escrowstorm::coordinator
