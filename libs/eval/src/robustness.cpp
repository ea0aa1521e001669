#include "idi/eval/robustness.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "idi/core/text.hpp"
#include "idi/dataset/questions.hpp"
#include "idi/dataset/spider_tables.hpp"
#include "sql_outline.hpp"
#include "whole_file.hpp"

namespace idi::eval {
namespace {

using Words = std::vector<std::string>;

class ColumnCollector {
 public:
  void read(const SelectOutline& query) {
    for (const auto* expressions : {&query.items, &query.group_by, &query.order_by}) {
      for (const auto& expression : *expressions) read(expression);
    }
    for (const auto* conditions : {&query.join_conditions, &query.where, &query.having}) {
      for (const auto& predicate : conditions->predicates) {
        read(predicate.left);
        read(predicate.right);
        for (const auto& subquery : predicate.subqueries) read(subquery);
      }
    }
    for (const auto* queries : {&query.from_subqueries, &query.item_subqueries, &query.set_right}) {
      for (const auto& subquery : *queries) read(subquery);
    }
  }
  [[nodiscard]] const std::set<std::string>& columns() const { return columns_; }

 private:
  void read(const ExpressionOutline& expression) {
    columns_.insert(expression.columns.begin(), expression.columns.end());
  }
  std::set<std::string> columns_;
};

Words words_of(std::string_view name) {
  Words words;
  for (auto& word : text::split(text::fold_case(name), ' ')) {
    if (!word.empty()) words.push_back(std::move(word));
  }
  return words;
}

/// Every way to say the gold columns, longest first.
std::vector<Words> names_of_columns(std::string_view gold_sql, const Schema* schema) {
  ColumnCollector collector;
  collector.read(outline_sql(gold_sql, schema));
  std::set<Words> names;
  for (const std::string& mentioned : collector.columns()) {
    const std::size_t point = mentioned.find('.');
    const std::string column = point == std::string::npos ? mentioned : mentioned.substr(point + 1);
    names.insert(words_of(natural_name_of(column)));
    if (!schema || point == std::string::npos) continue;
    const auto table = schema->find_table(mentioned.substr(0, point));
    const auto index = table ? schema->find_column(*table, column) : std::nullopt;
    if (!index) continue;
    const Column& found = schema->column({*table, *index});
    names.insert(words_of(natural_name_of(found.name)));
    names.insert(words_of(found.natural_name));
  }
  names.erase(Words{});
  std::vector<Words> ordered(names.begin(), names.end());
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Words& a, const Words& b) { return a.size() > b.size(); });
  return ordered;
}

/// A word of the question, or what stands between two words.
struct Span {
  std::string_view text;
  std::string folded;  ///< Empty for what is no word.
  bool removed = false;
};

bool is_word_byte(char c) {
  const auto code = static_cast<unsigned char>(c);
  return code >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::vector<Span> spans_of(std::string_view question) {
  std::vector<Span> spans;
  while (!question.empty()) {
    const bool word = is_word_byte(question.front());
    std::size_t length = 1;
    while (length < question.size() && is_word_byte(question[length]) == word) ++length;
    const std::string_view span = question.substr(0, length);
    spans.push_back({span, word ? text::fold_case(span) : std::string()});
    question.remove_prefix(length);
  }
  return spans;
}

/// Only blanks, "_" or "-" may stand between the words of one name.
bool joins_words(std::string_view between) {
  return between.find_first_not_of(" \t_-") == std::string_view::npos;
}

/// Number of spans that the name covers from `at`; 0 if it does not stand there.
std::size_t match(const std::vector<Span>& spans, std::size_t at, const Words& name) {
  std::size_t i = at;
  for (std::size_t w = 0; w < name.size(); ++w) {
    if (w > 0) {
      if (i >= spans.size() || !joins_words(spans[i].text)) return 0;
      ++i;
    }
    if (i >= spans.size() || spans[i].removed || spans[i].folded != name[w]) return 0;
    ++i;
  }
  return i - at;
}

/// One blank where words were taken out, none before punctuation that had none.
std::string without_removed(const std::vector<Span>& spans) {
  std::string result;
  bool gap = false;
  for (const Span& span : spans) {
    if (span.removed) {
      gap = true;
      continue;
    }
    std::string_view text = span.text;
    if (gap && span.folded.empty()) {
      while (!result.empty() && result.back() == ' ') result.pop_back();
    }
    if (result.empty() || result.back() == ' ') {
      while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    }
    result += text;
    gap = gap && text.empty();
  }
  return std::string(text::trim(result));
}

}  // namespace

std::string without_column_names(std::string_view question, std::string_view gold_sql,
                                 const Schema* schema) {
  std::vector<Span> spans = spans_of(question);
  bool changed = false;
  for (const Words& name : names_of_columns(gold_sql, schema)) {
    for (std::size_t at = 0; at < spans.size(); ++at) {
      const std::size_t length = match(spans, at, name);
      for (std::size_t i = at; i < at + length; ++i) spans[i].removed = true;
      changed = changed || length > 0;
    }
  }
  const bool word_left = std::any_of(spans.begin(), spans.end(), [](const Span& span) {
    return !span.removed && !span.folded.empty();
  });
  return changed && word_left ? without_removed(spans) : std::string(question);
}

Result<VariantCounts> write_without_column_names(const std::filesystem::path& questions,
                                                 const std::optional<std::filesystem::path>& tables,
                                                 const std::filesystem::path& output,
                                                 bool only_changed) {
  IDI_TRY(const auto records, dataset::read_questions(questions));
  dataset::SpiderTables described;
  if (tables) {
    IDI_TRY(described, dataset::SpiderTables::read(*tables));
  }
  VariantCounts counts;
  std::string lines;
  for (const auto& record : records) {
    const std::string variant =
        without_column_names(record.question, record.query, described.find(record.db_id));
    ++counts.questions;
    const bool changed = variant != record.question;
    if (changed) ++counts.changed;
    if (only_changed && !changed) continue;
    lines += boost::json::serialize(boost::json::object{{"db_id", record.db_id},
                                                        {"question", variant},
                                                        {"query", record.query},
                                                        {"original_question", record.question}}) +
             "\n";
  }
  IDI_CHECK(replace_file(output, lines));
  return counts;
}

}  // namespace idi::eval
