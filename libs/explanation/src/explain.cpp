#include "alignment.hpp"
#include "idi/explanation/explanation.hpp"
#include "idi/explanation/mentions.hpp"
#include "joins.hpp"
#include "sentence.hpp"

namespace idi::explanation {
namespace {

/// Tokens that follow each other are one range.
std::vector<TextRange> ranges(const std::vector<int>& tokens,
                              const link::LinkedQuestion& question) {
  std::vector<TextRange> out;
  int before = -2;
  for (const int t : tokens) {
    const auto& token = question.tokens[static_cast<std::size_t>(t)];
    if (t == before + 1) {
      out.back().end = token.end;
    } else {
      out.push_back({token.begin, token.end});
    }
    before = t;
  }
  return out;
}

std::vector<int> unused(const std::vector<bool>& used) {
  std::vector<int> tokens;
  for (std::size_t t = 0; t < used.size(); ++t) {
    if (!used[t]) tokens.push_back(static_cast<int>(t));
  }
  return tokens;
}

}  // namespace

Explanation explain(const ir::Query& query, const Schema& schema,
                    const link::LinkedQuestion* question, const sql::JoinPlanner* planner) {
  Explanation explanation;
  const auto parts = sentence_of(query, schema, Joins(schema, planner));
  for (const DraftPart& part : parts) {
    explanation.text += part.text;
    explanation.parts.push_back({part.kind, part.text, {}});
  }
  Mentions mentions = mentions_of(query);
  for (const int table : mentions.tables) {
    explanation.tables.push_back(schema.tables[static_cast<std::size_t>(table)].name);
  }
  for (const ColumnRef ref : mentions.columns) {
    explanation.columns.push_back(schema.table_of(ref).name + "." + schema.column(ref).name);
  }
  explanation.values = std::move(mentions.values);
  if (question) {
    const Alignment alignment = align(parts, *question, schema);
    for (std::size_t p = 0; p < parts.size(); ++p) {
      explanation.parts[p].words = ranges(alignment.tokens[p], *question);
    }
    explanation.unused_words = ranges(unused(alignment.used), *question);
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
                             const link::LinkedQuestion& question,
                             const sql::JoinPlanner* planner) {
  // Planning joins is the dear part of it, and seldom explains a word that nothing else does.
  const auto quick = align(sentence_of(query, schema, Joins::untold(schema)), question, schema);
  if (!quick.joins_may_help) return quick.used;
  return align(sentence_of(query, schema, Joins(schema, planner)), question, schema).used;
}

}  // namespace idi::explanation
