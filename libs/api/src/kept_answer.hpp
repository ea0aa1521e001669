// An answer as it is sent and kept: the protocol's Answer as text, in parts, so that a chart can be
// exchanged and the answer sent again without reading and writing its numbers anew.
//
// A kept document is three lines of JSON: what the protocol does not show but a new chart needs
// (the measures of the columns), the Answer without its visualization, the visualization.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "idi/chart/chart.hpp"
#include "idi/core/result.hpp"
#include "idi/engine/answer.hpp"
#include "json.hpp"

namespace idi::api {

struct AnsweredTurn {
  std::string session_id;
  std::int64_t turn_id = 0;
  std::string question;  ///< As asked; empty for SQL that was given.
  double total_ms = 0;
};

struct KeptAnswer {
  std::string measures;
  std::string body;
  std::string visualization;

  /// The protocol's Answer.
  [[nodiscard]] std::string answer() const;
  /// For session::SessionStore.
  [[nodiscard]] std::string document() const;
};

/// Rows that would make the document longer than max_bytes are left out (`truncated`); if all else
/// is too long already, so are the chart, the other candidates and the explanation's parts.
[[nodiscard]] KeptAnswer keep_answer(const engine::Answer& answer, const AnsweredTurn& turn,
                                     std::size_t max_bytes);
/// Errors: internal, if it is no document of ours.
[[nodiscard]] Result<KeptAnswer> read_document(std::string_view document);

struct KeptResult {
  ResultTable table;
  std::vector<chart::ColumnHint> hints;
};
/// Errors: internal, if the text is no answer.
[[nodiscard]] Result<KeptResult> result_of(const KeptAnswer& kept);

[[nodiscard]] json::array columns_json(const std::vector<std::string>& names,
                                       const std::vector<chart::ColumnHint>& hints);
[[nodiscard]] json::array row_json(const Row& row);

}  // namespace idi::api
