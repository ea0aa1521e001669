#include "idi/sql/translate.hpp"
#include "select_parser.hpp"
#include "translator.hpp"

namespace idi::sql {

Result<ir::Query> to_ir(std::string_view select, const Schema& schema) {
  return to_ir(select, schema, JoinPlanner(schema));
}

Result<ir::Query> to_ir(std::string_view select, const Schema& schema, const JoinPlanner& planner) {
  IDI_TRY(const ast::SelectPtr tree, parse_select(select));
  IDI_TRY(const ir::QueryPtr query, Translator(schema, planner).translate_chain(*tree, nullptr));
  return *query;
}

}  // namespace idi::sql
