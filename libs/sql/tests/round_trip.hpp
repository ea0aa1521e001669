// SQL → IR → tokens → IR → SQL, as a parser that makes no mistake would do it.
#pragma once

#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/sql/ir_tokens.hpp"

namespace idi::sql::testing {

struct RoundTrip {
  std::vector<ir::Token> tokens;
  std::string sql;
};

/// Literals become candidates in the order of their appearance, except LIMIT 1.
[[nodiscard]] Result<RoundTrip> round_trip(const std::string& sql, const Schema& schema);

}  // namespace idi::sql::testing
