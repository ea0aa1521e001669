// What a careful analyst notices about a query and its result. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/sql/ir.hpp"

namespace idi::verification {

/// Their names are part of the protocol.
enum class FindingKind : std::uint8_t {
  rows_multiplied,      ///< A join repeats rows under a SUM, AVG or COUNT.
  nothing_matches,      ///< A filter leaves no row, though a near value exists.
  outside_of_data,      ///< A time or number beyond what the column holds.
  rows_dropped,         ///< An inner join silently loses most rows of the counted table.
  all_null,             ///< Every cell of a column is NULL.
  no_rows,              ///< Nothing comes, and no value explains it.
  limit_without_order,  ///< Which rows are first is chance.
  type_mismatch,        ///< Text compared with a number, or the other way round.
  ungrouped_column,     ///< A selected column is neither grouped nor aggregated.
  ties_cut,             ///< Rows equal to the last shown one were cut by the limit.
  repaired_error,       ///< The database refused the first statement; this is another.
};
[[nodiscard]] std::string_view finding_kind_name(FindingKind kind) noexcept;

/// Something that the user can ask instead; made by the check, said in the user's words.
struct Offer {
  std::string label;     ///< "Berlin"
  std::string question;  ///< The whole question, asked that way.
};

struct Finding {
  FindingKind kind = FindingKind::no_rows;
  bool repaired = false;      ///< The query was changed for it; the text says how.
  std::string text;           ///< One or two plain sentences.
  std::vector<Offer> offers;  ///< At most five, nearest first.
  double doubt = 0;           ///< 0–1: how much it speaks against the answer as shown.
};

}  // namespace idi::verification
