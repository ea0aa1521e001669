// Cell values of a database by their words: built once, kept on disk under a fingerprint, refreshed
// when the data changes. Immutable after opening, thread-safe.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/db/database.hpp"
#include "idi/link/wordnet.hpp"

namespace idi::link {

struct ValueIndexLimits {
  std::int64_t max_values_per_column = 20'000;
  std::int64_t max_values = 400'000;
  std::int64_t max_value_bytes = 100;
  std::int64_t build_timeout_ms =
      60'000;  ///< What is not indexed by then is left out, with a warning.
};

struct CellHit {
  ColumnRef column;
  std::string cell;  ///< Exactly as stored.
};

class ValueIndex {
 public:
  /// Reads the cached file of this fingerprint from `cache_directory`, else builds and writes it.
  /// An unwritable cache is a warning, not an error. Empty path: in memory only. A null WordNet is
  /// the installed one, or none. Errors: those of the database's fingerprint; cancelled.
  static Result<std::shared_ptr<const ValueIndex>> open_or_build(
      db::Database& database, const Schema& schema, const std::filesystem::path& cache_directory,
      const ValueIndexLimits& limits, std::stop_token stop,
      std::shared_ptr<const WordNet> wordnet = nullptr);
  /// Holds nothing.
  static std::shared_ptr<const ValueIndex> empty();
  virtual ~ValueIndex() = default;

  /// Cells equal to the phrase after folding case, accents, blanks around; then by stems.
  [[nodiscard]] virtual std::vector<CellHit> lookup(std::string_view phrase,
                                                    int max_hits) const = 0;
  /// Cells that contain the (folded) word as one of their words.
  [[nodiscard]] virtual std::vector<CellHit> lookup_word(std::string_view word,
                                                         int max_hits) const = 0;
  /// The cell of this column nearest in meaning to a phrase of the question ("french" → "France",
  /// "female" → "F", "United States" → "USA"); nullopt if nothing is near enough.
  [[nodiscard]] virtual std::optional<std::string> closest_cell(ColumnRef column,
                                                                std::string_view phrase) const = 0;
  /// Distinct indexed cells of a column (bounded), for resolvers; empty if not text.
  [[nodiscard]] virtual std::vector<std::string> cells(ColumnRef column, int max) const = 0;
};

}  // namespace idi::link
