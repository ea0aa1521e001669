#include "round_trip.hpp"

#include "idi/sql/ir_literals.hpp"
#include "idi/sql/translate.hpp"

namespace idi::sql::testing {

Result<RoundTrip> round_trip(const std::string& sql, const Schema& schema) {
  IDI_TRY(const ir::Query written, to_ir(sql, schema));
  std::vector<ir::Literal> candidates;
  const ir::Query pointing =
      ir::map_literals(written, [&](ir::Literal literal, const ir::Predicate* predicate) {
        if (predicate == nullptr && literal.text == "1") return literal;
        candidates.push_back(literal);
        literal.candidate = static_cast<int>(candidates.size()) - 1;
        return literal;
      });
  RoundTrip trip;
  IDI_TRY(trip.tokens, ir::to_tokens(pointing, schema));
  IDI_TRY(const ir::Query read, ir::from_tokens(trip.tokens, schema));
  const ir::Query resolved =
      ir::map_literals(read, [&](const ir::Literal& literal, const ir::Predicate*) {
        return literal.candidate >= 0 ? candidates[static_cast<std::size_t>(literal.candidate)]
                                      : literal;
      });
  IDI_TRY(trip.sql, to_sql(resolved, schema, Dialect::sqlite));
  return trip;
}

}  // namespace idi::sql::testing
