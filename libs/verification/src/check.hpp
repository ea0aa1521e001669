// What every check reads and writes. A check looks at one kind of trouble, asks the probe what it
// has to know, and adds findings; it never fails, it is left out.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"
#include "idi/sql/join_planner.hpp"
#include "idi/verification/verifier.hpp"
#include "probe.hpp"

namespace idi::verification {

struct Case {
  const Subject& subject;
  const ir::Query& query;
  const Schema& schema;
  const sql::JoinPlanner& planner;
  Probe& probe;
};

struct Outcome {
  std::vector<Finding> findings;
  std::optional<ir::Query> repaired;

  void add(FindingKind kind, double doubt, std::string text, std::vector<Offer> offers = {}) {
    findings.push_back({kind, false, std::move(text), std::move(offers), doubt});
  }
  void repair(FindingKind kind, double doubt, std::string text, ir::Query query) {
    findings.push_back({kind, true, std::move(text), {}, doubt});
    repaired = std::move(query);
  }
};

/// No row, or one whose every cell is NULL or 0: the answer looks like nothing.
[[nodiscard]] bool looks_like_nothing(const ResultTable& result);

/// Texts that no row of the compared column holds.
void check_values(const Case& question, Outcome& outcome);
/// Numbers and times that lie beyond what the compared column holds.
void check_ranges(const Case& question, Outcome& outcome);
/// Aggregates over rows that a join repeats.
void check_multiplied(const Case& question, Outcome& outcome);
/// Rows that an inner join leaves out.
void check_dropped(const Case& question, Outcome& outcome);
/// Shown columns that differ within a group.
void check_groups(const Case& question, Outcome& outcome);
/// LIMIT without ORDER BY; rows equal to the last one that the limit cut.
void check_limit(const Case& question, Outcome& outcome);
/// No rows, and no other finding says why.
void check_no_rows(const Case& question, Outcome& outcome);
/// Columns of the result without any value. `query` may be null.
void check_all_null(const ResultTable& result, const ir::Query* query, Outcome& outcome);

}  // namespace idi::verification
