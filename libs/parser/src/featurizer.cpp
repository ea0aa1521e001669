// Node order: question words, columns, tables, values (model_io/model_input.hpp).
#include "idi/parser/featurizer.hpp"

#include <algorithm>
#include <utility>

#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"
#include "relation_rules.hpp"
#include "relations.hpp"

namespace idi::parser {

const int relation_count = relation_type_count;
const int node_class_count = node_class_type_count;

namespace {

using link::LinkedQuestion;
using link::ValueKind;

constexpr std::size_t max_name_words = 8;  // the trainer's bound on words per node
constexpr std::size_t max_value_words = 6;
constexpr std::size_t max_gram_bytes = 32;  // of one word; longer words are cut

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// FNV-1a (32 bits), folded to the buckets. Part of the weights file's meaning.
std::uint16_t gram_bucket(std::string_view gram) {
  std::uint32_t hash = 2166136261U;
  for (const char c : gram) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 16777619U;
  }
  hash ^= hash >> 15;  // FNV's low bits alone are weak for short strings
  return static_cast<std::uint16_t>(hash % static_cast<std::uint32_t>(character_gram_buckets));
}

/// Concepts share the table of the grams, in buckets of their own behind them.
std::uint16_t concept_bucket(std::uint32_t number) {
  std::uint32_t hash = number * 2654435761U;  // Knuth's multiplicative hash
  hash ^= hash >> 15;
  return static_cast<std::uint16_t>(
      character_gram_buckets +
      static_cast<int>(hash % static_cast<std::uint32_t>(gram_buckets - character_gram_buckets)));
}

/// All 3- and 4-byte substrings of "<word>".
std::vector<std::uint16_t> grams_of(std::string_view lower) {
  const std::string marked = "<" + std::string(lower.substr(0, max_gram_bytes)) + ">";
  std::vector<std::uint16_t> grams;
  for (const std::size_t length : {std::size_t{3}, std::size_t{4}}) {
    for (std::size_t i = 0; i + length <= marked.size(); ++i) {
      grams.push_back(gram_bucket(std::string_view(marked).substr(i, length)));
    }
  }
  return grams;
}

/// Appends nodes' words to a ModelInput. A word is looked up once a question.
class WordWriter {
 public:
  WordWriter(model_io::ModelInput& input, const Vocabulary& vocabulary,
             const link::WordNet& wordnet)
      : input_(input), vocabulary_(vocabulary), wordnet_(wordnet) {
    input_.word_begin.push_back(0);
    input_.gram_begin.push_back(0);
  }

  void add_token(const link::QuestionToken& token) {
    add_word(token.lower, token.stem);
    end_node();
  }

  void add_name(std::string_view name, std::size_t max_words) {
    std::size_t words = 0;
    for (const link::QuestionToken& token : link::tokenize(name)) {
      if (words++ == max_words) break;
      add_word(token.lower, token.stem);
    }
    if (words == 0) {  // nothing but signs: every node needs a word
      const std::string folded = text::fold_case(name);
      add_word(folded, folded);
    }
    end_node();
  }

 private:
  struct Word {
    int id;
    std::uint8_t word_class;
    std::vector<std::uint16_t> grams;
  };

  void add_word(const std::string& lower, const std::string& stem) {
    auto found = words_.find(lower);
    if (found == words_.end()) {
      const int word_class = std::clamp(wordnet_.word_class(lower), 0, word_class_count - 1);
      std::vector<std::uint16_t> features = grams_of(lower);
      for (const std::uint32_t number : wordnet_.concepts(lower)) {
        features.push_back(concept_bucket(number));
      }
      found = words_
                  .emplace(lower, Word{vocabulary_.id(stem), static_cast<std::uint8_t>(word_class),
                                       std::move(features)})
                  .first;
    }
    const Word& word = found->second;
    input_.word_ids.push_back(word.id);
    input_.word_classes.push_back(word.word_class);
    input_.gram_ids.insert(input_.gram_ids.end(), word.grams.begin(), word.grams.end());
    input_.gram_begin.push_back(static_cast<std::int32_t>(input_.gram_ids.size()));
  }

  void end_node() {
    input_.word_begin.push_back(static_cast<std::int32_t>(input_.word_ids.size()));
  }

  model_io::ModelInput& input_;
  const Vocabulary& vocabulary_;
  const link::WordNet& wordnet_;
  std::unordered_map<std::string, Word> words_;
};

NodeClass token_class(const LinkedQuestion& question, int index) {
  const link::QuestionToken& token = question.tokens[static_cast<std::size_t>(index)];
  bool number = std::any_of(token.text.begin(), token.text.end(), is_digit);
  bool quoted = false;
  for (const link::ValueCandidate& value : question.values) {
    if (index < value.token_begin || index >= value.token_end) continue;
    number |= value.kind == ValueKind::number;
    quoted |= value.kind == ValueKind::quoted;
  }
  if (quoted) return NodeClass::quoted;
  if (number) return NodeClass::number;
  const auto upper = std::count_if(token.text.begin(), token.text.end(), is_upper);
  if (upper >= 2 && static_cast<std::size_t>(upper) == token.text.size()) {
    return NodeClass::upper_case;
  }
  // The first word is capitalised for the sentence's sake.
  if (index > 0 && !token.text.empty() && is_upper(token.text.front())) {
    return NodeClass::capitalised;
  }
  return NodeClass::word;
}

bool is_foreign_key(const Schema& schema, ColumnRef column) {
  return std::any_of(schema.foreign_keys.begin(), schema.foreign_keys.end(),
                     [column](const ForeignKey& key) { return key.from == column; });
}

NodeClass column_class(const Schema& schema, ColumnRef ref) {
  const Column& column = schema.column(ref);
  NodeClass base = NodeClass::column_other;
  switch (column.type) {
    case ColumnType::text:
      base = NodeClass::column_text;
      break;
    case ColumnType::number:
      base = NodeClass::column_number;
      break;
    case ColumnType::time:
      base = NodeClass::column_time;
      break;
    case ColumnType::boolean:
      base = NodeClass::column_boolean;
      break;
    case ColumnType::other:
      break;
  }
  const int role = column.primary_key ? 1 : is_foreign_key(schema, ref) ? 2 : 0;
  return static_cast<NodeClass>(static_cast<int>(base) + role);
}

NodeClass value_class(ValueKind kind) {
  switch (kind) {
    case ValueKind::number:
      return NodeClass::value_number;
    case ValueKind::quoted:
      return NodeClass::value_quoted;
    case ValueKind::cell:
      return NodeClass::value_cell;
    case ValueKind::span:
      return NodeClass::value_span;
    case ValueKind::date:
      return NodeClass::value_date;
  }
  return NodeClass::value_span;
}

std::string natural_name(const std::string& natural, const std::string& name) {
  return natural.empty() ? natural_name_of(name) : natural;
}

/// Writes relations, each pair together with its mirror.
class RelationWriter {
 public:
  RelationWriter(std::vector<std::uint8_t>& cells, int nodes) : cells_(cells), nodes_(nodes) {
    cells_.resize(static_cast<std::size_t>(nodes) * static_cast<std::size_t>(nodes));
  }
  void set(int i, int j, Relation relation) {
    at(i, j) = static_cast<std::uint8_t>(relation);
    at(j, i) = static_cast<std::uint8_t>(mirror(relation));
  }

 private:
  std::uint8_t& at(int i, int j) {
    return cells_[static_cast<std::size_t>(i) * static_cast<std::size_t>(nodes_) +
                  static_cast<std::size_t>(j)];
  }
  std::vector<std::uint8_t>& cells_;
  int nodes_;
};

void write_relations(model_io::ModelInput& input, const LinkedQuestion& question,
                     const Schema& schema) {
  RelationWriter writer(input.relations, input.nodes());
  const Keys keys(schema);
  const int column_base = input.tokens;
  const int table_base = column_base + input.columns;
  const int value_base = table_base + input.tables;
  const auto column_at = [&](int i) { return question.columns[static_cast<std::size_t>(i)]; };
  const auto table_at = [&](int i) { return question.tables[static_cast<std::size_t>(i)]; };
  const auto value_at = [&](int i) -> const link::ValueCandidate& {
    return question.values[static_cast<std::size_t>(i)];
  };

  for (int i = 0; i < input.tokens; ++i) {
    for (int j = i; j < input.tokens; ++j) writer.set(i, j, word_word(i, j));
    for (int c = 0; c < input.columns; ++c) {
      const auto cell = static_cast<std::size_t>(i * input.columns + c);
      writer.set(i, column_base + c,
                 word_column(question.token_column[cell], question.token_cell[cell]));
    }
    for (int t = 0; t < input.tables; ++t) {
      const auto cell = static_cast<std::size_t>(i * input.tables + t);
      writer.set(i, table_base + t, word_table(question.token_table[cell]));
    }
    for (int v = 0; v < input.values; ++v) {
      writer.set(i, value_base + v, word_value(i, value_at(v)));
    }
  }
  for (int i = 0; i < input.columns; ++i) {
    for (int j = i; j < input.columns; ++j) {
      writer.set(column_base + i, column_base + j,
                 column_column(schema, keys, column_at(i), column_at(j)));
    }
    for (int t = 0; t < input.tables; ++t) {
      writer.set(column_base + i, table_base + t,
                 column_table(schema, keys, column_at(i), table_at(t)));
    }
  }
  for (int i = 0; i < input.tables; ++i) {
    for (int j = i; j < input.tables; ++j) {
      writer.set(table_base + i, table_base + j, table_table(keys, table_at(i), table_at(j)));
    }
  }
  for (int v = 0; v < input.values; ++v) {
    for (int c = 0; c < input.columns; ++c) {
      writer.set(value_base + v, column_base + c, value_column(schema, value_at(v), column_at(c)));
    }
    for (int t = 0; t < input.tables; ++t) {
      writer.set(value_base + v, table_base + t, value_table(value_at(v), table_at(t)));
    }
    for (int w = v; w < input.values; ++w) {
      writer.set(value_base + v, value_base + w, value_value(v, w, question));
    }
  }
}

}  // namespace

model_io::ModelInput featurize(const LinkedQuestion& question, const Schema& schema,
                               const Vocabulary& vocabulary, const link::WordNet& wordnet) {
  model_io::ModelInput input;
  input.tokens = static_cast<std::int32_t>(question.tokens.size());
  input.columns = static_cast<std::int32_t>(question.columns.size());
  input.tables = static_cast<std::int32_t>(question.tables.size());
  input.values = static_cast<std::int32_t>(question.values.size());
  IDI_ASSERT(question.token_column.size() == question.tokens.size() * question.columns.size());
  IDI_ASSERT(question.token_cell.size() == question.token_column.size());
  IDI_ASSERT(question.token_table.size() == question.tokens.size() * question.tables.size());

  WordWriter words(input, vocabulary, wordnet);
  const auto add_class = [&input](NodeClass node_class) {
    input.node_classes.push_back(static_cast<std::uint8_t>(node_class));
  };
  for (int i = 0; i < input.tokens; ++i) {
    words.add_token(question.tokens[static_cast<std::size_t>(i)]);
    add_class(token_class(question, i));
  }
  for (const ColumnRef ref : question.columns) {
    const Column& column = schema.column(ref);
    words.add_name(natural_name(column.natural_name, column.name), max_name_words);
    add_class(column_class(schema, ref));
  }
  for (const int index : question.tables) {
    const Table& table = schema.tables[static_cast<std::size_t>(index)];
    words.add_name(natural_name(table.natural_name, table.name), max_name_words);
    add_class(table.kind == TableKind::view ? NodeClass::view : NodeClass::table);
  }
  for (const link::ValueCandidate& value : question.values) {
    words.add_name(value.text, max_value_words);
    add_class(value_class(value.kind));
  }
  write_relations(input, question, schema);
  return input;
}

int node_of(const ir::Token& pointer, const LinkedQuestion& question, const Schema& schema) {
  const auto tokens = static_cast<int>(question.tokens.size());
  const auto columns = static_cast<int>(question.columns.size());
  const auto tables = static_cast<int>(question.tables.size());
  switch (pointer.kind) {
    case ir::Token::Kind::symbol:
      return -1;
    case ir::Token::Kind::column: {
      const ColumnRef ref = schema.from_flat_index(pointer.index);
      const auto found = std::find(question.columns.begin(), question.columns.end(), ref);
      if (found == question.columns.end()) return -1;
      return tokens + static_cast<int>(found - question.columns.begin());
    }
    case ir::Token::Kind::table: {
      const auto found = std::find(question.tables.begin(), question.tables.end(), pointer.index);
      if (found == question.tables.end()) return -1;
      return tokens + columns + static_cast<int>(found - question.tables.begin());
    }
    case ir::Token::Kind::value: {
      if (pointer.index < 0 || pointer.index >= static_cast<int>(question.values.size())) return -1;
      return tokens + columns + tables + pointer.index;
    }
  }
  return -1;
}

ir::Token token_of(int node, const LinkedQuestion& question, const Schema& schema) {
  using Kind = ir::Token::Kind;
  int index = node - static_cast<int>(question.tokens.size());
  IDI_ASSERT(index >= 0);  // question words are never pointed at
  if (index < static_cast<int>(question.columns.size())) {
    return {Kind::column, schema.flat_index(question.columns[static_cast<std::size_t>(index)])};
  }
  index -= static_cast<int>(question.columns.size());
  if (index < static_cast<int>(question.tables.size())) {
    return {Kind::table, question.tables[static_cast<std::size_t>(index)]};
  }
  index -= static_cast<int>(question.tables.size());
  IDI_ASSERT(index < static_cast<int>(question.values.size()));
  return {Kind::value, index};
}

}  // namespace idi::parser
