#include <fmt/format.h>

#include <algorithm>

#include "idi/explanation/explanation.hpp"
#include "idi/explanation/mentions.hpp"
#include "wording.hpp"

namespace idi::explanation {

Explanation explain(const ir::Query& query, const Schema& schema,
                    const link::LinkedQuestion* question) {
  Mentions mentions = mentions_of(query);
  Explanation explanation;
  explanation.text = Wording(schema, mentions.tables.size() == 1).sentence(query);
  explanation.parts.push_back({PartKind::glue, explanation.text, {}});
  for (const int table : mentions.tables) {
    explanation.tables.push_back(schema.tables[static_cast<std::size_t>(table)].name);
  }
  for (const ColumnRef ref : mentions.columns) {
    explanation.columns.push_back(
        fmt::format("{}.{}", schema.table_of(ref).name, schema.column(ref).name));
  }
  explanation.values = std::move(mentions.values);
  if (question) {
    const auto used = used_words(query, schema, *question);
    for (std::size_t t = 0; t < used.size(); ++t) {
      const auto& token = question->tokens[t];
      if (!used[t]) explanation.unused_words.push_back({token.begin, token.end});
    }
  }
  return explanation;
}

Explanation explain_without_tree() {
  Explanation explanation;
  explanation.text =
      "This is the language model's own SQL. It uses something that cannot be put into plain "
      "words here: read the SQL itself.";
  explanation.parts.push_back({PartKind::glue, explanation.text, {}});
  return explanation;
}

std::vector<bool> used_words(const ir::Query& query, const Schema& schema,
                             const link::LinkedQuestion& question) {
  const Mentions mentions = mentions_of(query);
  const auto mentioned = [](const auto& list, const auto& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
  };
  std::vector<bool> used(question.tokens.size(), schema.tables.empty());
  for (std::size_t t = 0; t < used.size(); ++t) {
    bool names_something = false;
    for (std::size_t i = 0; i < question.tables.size(); ++i) {
      if (question.token_table[t * question.tables.size() + i] < link::NameMatch::partial) continue;
      names_something = true;
      if (mentioned(mentions.tables, question.tables[i])) used[t] = true;
    }
    for (std::size_t i = 0; i < question.columns.size(); ++i) {
      if (question.token_column[t * question.columns.size() + i] < link::NameMatch::partial) {
        continue;
      }
      names_something = true;
      if (mentioned(mentions.columns, question.columns[i])) used[t] = true;
    }
    if (!names_something) used[t] = true;
  }
  return used;
}

}  // namespace idi::explanation
