// Part of each program that has mimalloc (cmake/dependencies.cmake): it asks for memory in pages of
// 2 MiB where the kernel gives them (transparent_hugepage `madvise` or `always`). A storm of 10,000
// escrows walks over 400 MB in no order, and finding the page is a fifth of its time.
// MIMALLOC_LARGE_OS_PAGES=0 in the environment asks for none.
#include <mimalloc.h>

namespace {

[[maybe_unused]] const bool asked = [] {
  mi_option_set_enabled_default(mi_option_large_os_pages, true);
  return true;
}();

}  // namespace
