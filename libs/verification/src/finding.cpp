#include "idi/verification/finding.hpp"

namespace idi::verification {

std::string_view finding_kind_name(FindingKind kind) noexcept {
  switch (kind) {
    case FindingKind::rows_multiplied:
      return "rows_multiplied";
    case FindingKind::nothing_matches:
      return "nothing_matches";
    case FindingKind::outside_of_data:
      return "outside_of_data";
    case FindingKind::rows_dropped:
      return "rows_dropped";
    case FindingKind::all_null:
      return "all_null";
    case FindingKind::no_rows:
      return "no_rows";
    case FindingKind::limit_without_order:
      return "limit_without_order";
    case FindingKind::type_mismatch:
      return "type_mismatch";
    case FindingKind::ungrouped_column:
      return "ungrouped_column";
    case FindingKind::ties_cut:
      return "ties_cut";
    case FindingKind::repaired_error:
      return "repaired_error";
  }
  return "no_rows";
}

}  // namespace idi::verification
