#include <algorithm>

#include "fitting.hpp"
#include "idi/clarification/clarification.hpp"

namespace idi::clarification {
namespace {

using link::CellMatch;
using link::LinkedQuestion;
using link::NameMatch;

bool is_complete(const LinkedQuestion& question) {
  const std::size_t tokens = question.tokens.size();
  return question.token_column.size() == tokens * question.columns.size() &&
         question.token_cell.size() == tokens * question.columns.size() &&
         question.token_table.size() == tokens * question.tables.size();
}

/// One item of a row gets the match, every other one none.
template <typename Match>
void settle(std::vector<Match>& matches, std::size_t row, std::size_t width, std::size_t chosen) {
  for (std::size_t i = 0; i < width; ++i) {
    matches[row * width + i] = i == chosen ? Match::exact : Match::none;
  }
}

template <typename Match>
void settle_places(std::vector<Match>& matches, std::size_t width, std::size_t chosen,
                   const std::vector<Phrase>& places) {
  for (const auto& place : places) {
    for (int token = place.begin; token < place.end; ++token) {
      settle(matches, static_cast<std::size_t>(token), width, chosen);
    }
  }
}

/// The cell is the chosen column's alone, and so are the words.
void settle_cell(LinkedQuestion& question, const Fitted& fitted, std::size_t chosen) {
  settle_places(question.token_cell, question.columns.size(), chosen, fitted.places);
  for (auto& value : question.values) {
    const Phrase place{value.token_begin, value.token_end};
    if (std::find(fitted.places.begin(), fitted.places.end(), place) == fitted.places.end()) {
      continue;
    }
    const auto at = std::find(value.columns.begin(), value.columns.end(), fitted.column);
    if (at == value.columns.end()) continue;
    const auto index = static_cast<std::size_t>(at - value.columns.begin());
    if (index < value.cells.size()) value.cells = {value.cells[index]};
    value.columns = {fitted.column};
  }
}

/// Whether the question speaks of the table: by its name or a column of it.
bool is_spoken_of(const LinkedQuestion& question, int table) {
  for (int token = 0; token < token_count(question); ++token) {
    if (match_of(question, token, table) >= NameMatch::synonym) return true;
    for (const auto column : question.columns) {
      if (column.table == table && match_of(question, token, column) >= NameMatch::partial) {
        return true;
      }
    }
  }
  return false;
}

void apply_one(LinkedQuestion& question, const Fitted& fitted) {
  const auto column = column_place(question, fitted.column);
  switch (fitted.ambiguity) {
    case Ambiguity::column:
      settle_places(question.token_column, question.columns.size(), *column, fitted.places);
      return;
    case Ambiguity::table:
      settle_places(question.token_table, question.tables.size(),
                    *table_place(question, fitted.table), fitted.places);
      return;
    case Ambiguity::value:
      if (column) settle_cell(question, fitted, *column);
      return;
    case Ambiguity::date:
      // Elsewhere the time range is of other tables; queries that do look at these dates are held
      // to the choice all the same.
      if (column && is_spoken_of(question, fitted.column.table)) {
        settle_places(question.token_column, question.columns.size(), *column, fitted.places);
      }
      return;
    case Ambiguity::measure:
      if (column) {
        const Phrase word{fitted.places.front().begin, fitted.places.front().begin + 1};
        settle_places(question.token_column, question.columns.size(), *column, {word});
      }
      return;
    case Ambiguity::join:
    case Ambiguity::reading:
      return;  // no word speaks of it: in_accord() alone
  }
}

}  // namespace

std::vector<Resolution> apply(LinkedQuestion& question, const Schema& schema,
                              std::span<const Resolution> resolutions) {
  std::vector<Resolution> applied;
  if (!is_complete(question)) return applied;
  // All are held against the question as it came: none may hide another's words.
  std::vector<std::optional<Fitted>> fitting;
  for (const auto& resolution : resolutions) fitting.push_back(fit(resolution, question, schema));
  for (std::size_t i = 0; i < resolutions.size(); ++i) {
    if (!fitting[i]) continue;
    apply_one(question, *fitting[i]);
    applied.push_back(resolutions[i]);
  }
  return applied;
}

bool in_accord(const ir::Query& query, const LinkedQuestion& question, const Schema& schema,
               std::span<const Resolution> resolutions) {
  return std::none_of(resolutions.begin(), resolutions.end(), [&](const auto& resolution) {
    const auto fitted = fit(resolution, question, schema);
    return fitted && bearing_of(query, *fitted, schema) == Bearing::against;
  });
}

std::vector<Resolution> in_use(const ir::Query& query, const LinkedQuestion& question,
                               const Schema& schema, std::span<const Resolution> resolutions) {
  std::vector<Resolution> used;
  for (const auto& resolution : resolutions) {
    const auto fitted = fit(resolution, question, schema);
    if (fitted && bearing_of(query, *fitted, schema) == Bearing::follows) {
      used.push_back(resolution);
    }
  }
  return used;
}

}  // namespace idi::clarification
