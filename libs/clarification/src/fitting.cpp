#include "fitting.hpp"

#include <algorithm>

#include "idi/core/text.hpp"
#include "item_ids.hpp"
#include "joins.hpp"
#include "shape.hpp"

namespace idi::clarification {
namespace {

using link::LinkedQuestion;
using link::NameMatch;

std::optional<ColumnRef> column_of_id(const Schema& schema, const std::vector<ColumnRef>& columns,
                                      const std::string& id) {
  const auto at = std::find_if(columns.begin(), columns.end(),
                               [&](ColumnRef column) { return column_id(schema, column) == id; });
  if (at == columns.end()) return std::nullopt;
  return *at;
}

/// Whether the words are part of another name that the question spells out: "price" in "list
/// price", where the choice for "price" was another column.
bool is_part_of_another_name(const LinkedQuestion& question, Phrase place, ColumnRef chosen) {
  return std::any_of(question.columns.begin(), question.columns.end(), [&](ColumnRef column) {
    if (column == chosen || match_of(question, place.begin, column) != NameMatch::exact) {
      return false;
    }
    const auto spelled = [&](int token) {
      return token >= 0 && token < token_count(question) &&
             match_of(question, token, column) == NameMatch::exact &&
             match_of(question, token, chosen) == NameMatch::none;
    };
    return spelled(place.begin - 1) || spelled(place.end);
  });
}

/// Sorted as they come; empty: no date of this scope is chosen.
std::optional<Fitted> fit_date(Fitted fitted, const std::string& rest,
                               const LinkedQuestion& question, const Schema& schema) {
  const auto phrase = time_words(question);
  auto tables = tables_of_id(schema, rest);
  if (!phrase || !tables) return std::nullopt;
  std::vector<ColumnRef> columns;
  for (const int table : *tables) {
    const auto& given = schema.tables[static_cast<std::size_t>(table)];
    for (int i = 0; i < static_cast<int>(given.columns.size()); ++i) {
      if (is_time(schema, {table, i})) columns.push_back({table, i});
    }
  }
  const auto chosen = column_of_id(schema, columns, fitted.option);
  if (!chosen) return std::nullopt;
  std::erase(columns, *chosen);
  for (const auto column : columns) {
    if (is_named(question, schema, column, {*chosen})) return std::nullopt;
  }
  fitted.column = *chosen;
  fitted.tables = std::move(*tables);
  fitted.places = {*phrase};
  return fitted;
}

std::optional<Fitted> fit_value(Fitted fitted, const std::string& rest,
                                const LinkedQuestion& question, const Schema& schema) {
  for (const auto& value : question.values) {
    const Phrase place{value.token_begin, value.token_end};
    if (place.empty() || place.begin < 0 || place.end > token_count(question)) continue;
    if (short_id(words_of(question, place)) != rest) continue;
    const auto chosen = column_of_id(schema, value.columns, fitted.option);
    if (!chosen) continue;
    fitted.column = *chosen;
    fitted.places.push_back(place);
  }
  if (fitted.places.empty()) return std::nullopt;
  return fitted;
}

std::optional<Fitted> fit_column(Fitted fitted, const std::string& rest,
                                 const LinkedQuestion& question, const Schema& schema) {
  const auto chosen = column_of_id(schema, question.columns, fitted.option);
  if (!chosen) return std::nullopt;
  fitted.column = *chosen;
  fitted.places = places_of(question, rest);
  std::erase_if(fitted.places,
                [&](Phrase place) { return is_part_of_another_name(question, place, *chosen); });
  if (fitted.places.empty()) return std::nullopt;
  return fitted;
}

std::optional<Fitted> fit_table(Fitted fitted, const std::string& rest,
                                const LinkedQuestion& question, const Schema& schema) {
  const auto at = std::find_if(question.tables.begin(), question.tables.end(),
                               [&](int table) { return table_id(schema, table) == fitted.option; });
  fitted.places = places_of(question, rest);
  if (at == question.tables.end() || fitted.places.empty()) return std::nullopt;
  fitted.table = *at;
  return fitted;
}

std::optional<Fitted> fit_measure(Fitted fitted, const std::string& rest,
                                  const LinkedQuestion& question, const Schema& schema) {
  const auto best = superlative(question);
  if (!best || short_id(best->stems) != rest) return std::nullopt;
  // "the best customers by age": said in the question.
  for (int token = best->phrase.end; token < token_count(question); ++token) {
    if (question.tokens[static_cast<std::size_t>(token)].lower == "by") return std::nullopt;
  }
  fitted.places = {best->phrase};
  for (const auto column : question.columns) {
    const std::string id = column_id(schema, column);
    if (fitted.option == id || fitted.option.ends_with('(' + id + ')')) fitted.column = column;
  }
  return fitted;
}

bool mentions(const ir::Query& query, const Fitted& fitted, const Schema& schema) {
  const auto shape = shape_of(query, schema);
  return std::any_of(shape.mentions.begin(), shape.mentions.end(), [&](const Mention& mention) {
    return fitted.ambiguity == Ambiguity::table ? mention.column.table == fitted.table
                                                : mention.column == fitted.column;
  });
}

Bearing date_bearing(const ir::Query& query, const Fitted& fitted, const Schema& schema) {
  auto bearing = Bearing::unrelated;
  for (const auto column : times_used(query, schema)) {
    if (!std::binary_search(fitted.tables.begin(), fitted.tables.end(), column.table)) continue;
    if (column != fitted.column) return Bearing::against;
    bearing = Bearing::follows;
  }
  return bearing;
}

Bearing measure_bearing(const ir::Query& query, const Fitted& fitted, const Schema& schema) {
  const bool follows =
      std::any_of(query.order_by.begin(), query.order_by.end(), [&](const auto& item) {
        return short_id(shape_of(*item.expression, schema).named) == fitted.option;
      });
  return follows ? Bearing::follows : Bearing::against;
}

Bearing join_bearing(const ir::Query& query, const Fitted& fitted, const Schema& schema) {
  if (core_tables(query, schema) != fitted.tables) return Bearing::unrelated;
  const auto connection = connection_of(query, schema);
  return connection && connection->id == fitted.option ? Bearing::follows : Bearing::against;
}

}  // namespace

std::optional<Fitted> fit(const Resolution& resolution, const LinkedQuestion& question,
                          const Schema& schema) {
  const auto parts = parts_of_id(resolution.clarification);
  if (!parts || resolution.option.empty()) return std::nullopt;
  Fitted fitted;
  fitted.ambiguity = parts->ambiguity;
  fitted.option = resolution.option;
  switch (parts->ambiguity) {
    case Ambiguity::date:
      return fit_date(std::move(fitted), parts->rest, question, schema);
    case Ambiguity::value:
      return fit_value(std::move(fitted), parts->rest, question, schema);
    case Ambiguity::column:
      return fit_column(std::move(fitted), parts->rest, question, schema);
    case Ambiguity::table:
      return fit_table(std::move(fitted), parts->rest, question, schema);
    case Ambiguity::measure:
      return fit_measure(std::move(fitted), parts->rest, question, schema);
    case Ambiguity::join: {
      auto tables = tables_of_id(schema, parts->rest);
      if (!tables) return std::nullopt;
      fitted.tables = std::move(*tables);
      return fitted;
    }
    case Ambiguity::reading:
      break;
  }
  if (parts->rest != question_id(question)) return std::nullopt;
  return fitted;
}

Bearing bearing_of(const ir::Query& query, const Fitted& fitted, const Schema& schema) {
  switch (fitted.ambiguity) {
    case Ambiguity::date:
      return date_bearing(query, fitted, schema);
    case Ambiguity::column:
    case Ambiguity::value:
    case Ambiguity::table:
      return mentions(query, fitted, schema) ? Bearing::follows : Bearing::against;
    case Ambiguity::measure:
      return measure_bearing(query, fitted, schema);
    case Ambiguity::join:
      return join_bearing(query, fitted, schema);
    case Ambiguity::reading:
      break;
  }
  return reading_id(query, schema) == fitted.option ? Bearing::follows : Bearing::against;
}

}  // namespace idi::clarification
