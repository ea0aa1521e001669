// The models that `idi model pull` knows by name. Sizes are rough, for people; what a download must
// be is said by the server and by the file itself (docs/models.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/model_store/profile.hpp"

namespace idi::model_store {

struct CatalogueEntry {
  Profile profile;               ///< `file` is its name alone; sha256 and bytes are empty.
  std::int64_t about_bytes = 0;  ///< Rough.
  std::string parameters;        ///< "7.6 billion".
  std::string note;              ///< "research licence: not for commercial use".
  bool recommended = false;
  bool must_accept = false;  ///< The licence is to be confirmed before the download.
  /// What the file's header must say; empty and 0: anything.
  std::string architecture;
  std::uint64_t layers = 0, embedding_length = 0;
};
[[nodiscard]] const std::vector<CatalogueEntry>& catalogue();

/// Errors: not_found, with the names that there are.
[[nodiscard]] Result<CatalogueEntry> catalogue_entry(std::string_view name);

/// Any GGUF on a server; its name from the address unless one is given. Errors: invalid_argument.
[[nodiscard]] Result<CatalogueEntry> entry_for_url(std::string_view url, std::string name);

/// The same file of a mirror that is laid out as huggingface.co is: `base` takes the place of
/// "https://huggingface.co". Errors: invalid_argument.
[[nodiscard]] Result<CatalogueEntry> at_mirror(CatalogueEntry entry, std::string_view base);

}  // namespace idi::model_store
