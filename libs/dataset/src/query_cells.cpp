#include "query_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <unordered_set>
#include <utility>

#include "idi/sql/ir.hpp"
#include "idi/sql/translate.hpp"

namespace idi::dataset {
namespace {

class Collector {
 public:
  explicit Collector(CellsByColumn& cells) : cells_(cells) {}

  void read(const ir::Query& query) {
    if (query.where) read(*query.where);
    if (query.having) read(*query.having);
    for (const auto& item : query.select) {
      if (const auto* call = std::get_if<ir::AggregateCall>(&item->node)) {
        if (const auto* rows = std::get_if<ir::RowsOf>(&call->argument->node)) read(*rows->query);
      }
    }
    if (query.set_right) read(*query.set_right);
  }

 private:
  void read(const ir::Condition& condition) {
    if (const auto* all = std::get_if<ir::And>(&condition.node)) {
      for (const auto& part : all->parts) read(*part);
    } else if (const auto* any = std::get_if<ir::Or>(&condition.node)) {
      for (const auto& part : any->parts) read(*part);
    } else {
      read(std::get<ir::Predicate>(condition.node));
    }
  }

  void read(const ir::Predicate& predicate) {
    const auto* column = std::get_if<ColumnRef>(&predicate.left->node);
    const bool whole = predicate.op == ir::Comparison::equal ||
                       predicate.op == ir::Comparison::not_equal ||
                       predicate.op == ir::Comparison::in;
    for (const auto& operand : predicate.operands) {
      if (const auto* query = std::get_if<ir::QueryPtr>(&operand)) {
        read(**query);
      } else if (const auto* literal = std::get_if<ir::Literal>(&operand)) {
        if (whole && column != nullptr && literal->kind == ir::Literal::Kind::text &&
            !literal->text.empty()) {
          cells_[*column].insert(literal->text);
        }
      }
    }
  }

  CellsByColumn& cells_;
};

class DatabaseWithMoreCells final : public db::Database {
 public:
  DatabaseWithMoreCells(db::Database* database, Schema schema, CellsByColumn cells)
      : database_(database), schema_(std::move(schema)), cells_(std::move(cells)) {}

  Result<Schema> introspect(std::stop_token) override { return schema_; }

  Result<std::unique_ptr<db::Connection>> connect() override {
    return make_error(ErrorCode::not_supported, "this database has only cells for linking");
  }

  Result<std::string> fingerprint() override {
    std::string own;
    if (database_ != nullptr) {
      IDI_TRY(own, database_->fingerprint());
    }
    std::uint64_t hash = 14695981039346656037U;  // FNV-1a
    const auto mix = [&hash](std::string_view bytes) {
      for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
      hash = (hash ^ 0xFF) * 1099511628211U;  // a bound between texts
    };
    for (const auto& [column, texts] : cells_) {
      mix(fmt::format("{}.{}", column.table, column.column));
      for (const std::string& text : texts) mix(text);
    }
    return fmt::format("{}+{:016x}", own, hash);
  }

  Result<std::vector<std::string>> distinct_text_values(ColumnRef column, const Schema& schema,
                                                        std::int64_t max_values,
                                                        std::int64_t max_bytes,
                                                        const db::ExecutionLimits& limits,
                                                        std::stop_token stop) override {
    std::vector<std::string> values;
    if (database_ != nullptr) {
      IDI_TRY(values, database_->distinct_text_values(column, schema, max_values, max_bytes, limits,
                                                      std::move(stop)));
    }
    const auto found = cells_.find(column);
    if (found == cells_.end()) return values;
    std::unordered_set<std::string> known(values.begin(), values.end());
    for (const std::string& text : found->second) {
      if (std::cmp_greater_equal(values.size(), max_values)) break;
      if (std::cmp_less_equal(text.size(), max_bytes) && known.insert(text).second) {
        values.push_back(text);
      }
    }
    return values;
  }

 private:
  db::Database* database_;
  Schema schema_;
  CellsByColumn cells_;
};

}  // namespace

CellsByColumn cells_of_queries(const std::vector<std::string>& queries, const Schema& schema) {
  CellsByColumn cells;
  Collector collector(cells);
  for (const std::string& query : queries) {
    if (const auto tree = sql::to_ir(query, schema)) collector.read(*tree);
  }
  return cells;
}

std::unique_ptr<db::Database> with_more_cells(db::Database* database, const Schema& schema,
                                              CellsByColumn cells) {
  return std::make_unique<DatabaseWithMoreCells>(database, schema, std::move(cells));
}

}  // namespace idi::dataset
