# cmake -DOUTPUT=FILE.cpp -DDOCS=a.md;b.md -P embed_docs.cmake
# Writes the texts of the files into a source file (see key_docs.hpp).
set(entries "")
foreach(doc IN LISTS DOCS)
  file(READ ${doc} text)
  string(APPEND entries "    R\"docs(${text})docs\",\n")
endforeach()
file(WRITE ${OUTPUT} "// Made from docs/ by embed_docs.cmake.
#include \"sim/schema/key_docs.hpp\"

namespace escrowstorm::sim {
namespace {

constexpr std::string_view docs[] = {
${entries}};

}  // namespace

std::span<const std::string_view> docs_of_keys() { return docs; }

}  // namespace escrowstorm::sim
")
