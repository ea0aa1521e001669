#include "idi/parser/featurizer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "idi/link/linker.hpp"
#include "relations.hpp"

namespace idi::parser {
namespace {

using link::CellMatch;
using link::LinkedQuestion;
using link::NameMatch;
using link::ValueKind;

Column column(std::string name, ColumnType type, bool primary = false) {
  Column made;
  made.name = name;
  made.natural_name = natural_name_of(name);
  made.type = type;
  made.primary_key = primary;
  return made;
}

/// singer(id, name, country), concert(id, year, singer_id → singer.id), and a view of names.
Schema schema_of_concerts() {
  Schema schema;
  schema.name = "concerts";
  Table singer{"singer", "singer", TableKind::table, {}, {}, {}};
  singer.columns = {column("id", ColumnType::number, true), column("name", ColumnType::text),
                    column("country", ColumnType::text)};
  Table concert{"concert", "concert", TableKind::table, {}, {}, {}};
  concert.columns = {column("id", ColumnType::number, true), column("held_in", ColumnType::time),
                     column("singer_id", ColumnType::number)};
  Table names{"singer_names", "singer names", TableKind::view, {}, {}, {}};
  names.columns = {column("name", ColumnType::text)};
  schema.tables = {singer, concert, names};
  schema.foreign_keys = {{{1, 2}, {0, 0}, true}};
  return schema;
}

LinkedQuestion linked(std::string_view question, const Schema& schema) {
  LinkedQuestion made;
  made.question = question;
  made.tokens = link::tokenize(question);
  for (int t = 0; t < static_cast<int>(schema.tables.size()); ++t) {
    made.tables.push_back(t);
    const auto count = static_cast<int>(schema.tables[static_cast<std::size_t>(t)].columns.size());
    for (int c = 0; c < count; ++c) made.columns.push_back({t, c});
  }
  made.token_table.assign(made.tokens.size() * made.tables.size(), NameMatch::none);
  made.token_column.assign(made.tokens.size() * made.columns.size(), NameMatch::none);
  made.token_cell.assign(made.tokens.size() * made.columns.size(), CellMatch::none);
  return made;
}

Relation relation(const model_io::ModelInput& input, int i, int j) {
  return static_cast<Relation>(input.relations[static_cast<std::size_t>(i * input.nodes() + j)]);
}

const auto no_words = link::WordNet::none();

TEST(Relations, NamesAreDistinctAndMirrorsComeBack) {
  std::set<std::string_view> names(relation_names.begin(), relation_names.end());
  EXPECT_EQ(names.size(), relation_names.size());
  for (int i = 0; i < relation_type_count; ++i) {
    const auto one = static_cast<Relation>(i);
    EXPECT_EQ(mirror(mirror(one)), one) << relation_names[static_cast<std::size_t>(i)];
  }
  EXPECT_EQ(mirror(Relation::word_after_2), Relation::word_before_2);
  EXPECT_EQ(mirror(Relation::word_column_cell), Relation::column_word_cell);
  EXPECT_EQ(mirror(Relation::table_column_refers), Relation::column_table_refers);
  EXPECT_EQ(mirror(Relation::table_self), Relation::table_self);
}

TEST(Relations, ADirectedRelationAndItsMirrorShareTheirName) {
  for (int i = 0; i < relation_type_count; ++i) {
    const auto other = static_cast<std::size_t>(mirror(static_cast<Relation>(i)));
    const auto last_part = [](std::string_view name) { return name.substr(name.rfind('_')); };
    const std::string_view name = relation_names[static_cast<std::size_t>(i)];
    if (name.starts_with("word_before") || name.starts_with("word_after")) {
      EXPECT_EQ(last_part(name), last_part(relation_names[other]));
    } else if (!name.ends_with("_to") && !name.ends_with("_from")) {
      EXPECT_EQ(last_part(name), last_part(relation_names[other])) << name;
    }
  }
}

TEST(Featurizer, RelationsOfNamesCellsAndKeys) {
  const Schema schema = schema_of_concerts();
  LinkedQuestion question = linked("singers from France", schema);
  question.values.push_back({ValueKind::cell, "France", 2, 3, {{0, 2}}, {"France"}, 1.0});
  question.token_table[0] = NameMatch::exact;  // singers – singer
  question.token_column[7 + 1] = NameMatch::partial;
  question.token_cell[7 + 1] = CellMatch::partial;  // from – singer.name: cells win over parts
  question.token_column[14 + 2] = NameMatch::exact;
  question.token_cell[14 + 2] = CellMatch::exact;  // France – country: an exact name wins
  question.token_cell[14 + 1] = CellMatch::exact;

  const auto input = featurize(question, schema, Vocabulary("<unknown>\nsinger\n"), *no_words);
  ASSERT_EQ(input.nodes(), 3 + 7 + 3 + 1);
  const int columns = 3, tables = 10, value = 13;
  EXPECT_EQ(relation(input, 0, 2), Relation::word_after_2);
  EXPECT_EQ(relation(input, 2, 0), Relation::word_before_2);
  EXPECT_EQ(relation(input, 0, tables), Relation::word_table_exact);
  EXPECT_EQ(relation(input, tables, 0), Relation::table_word_exact);
  EXPECT_EQ(relation(input, 1, columns + 1), Relation::word_column_cell_part);
  EXPECT_EQ(relation(input, 2, columns + 2), Relation::word_column_exact);
  EXPECT_EQ(relation(input, 2, columns + 1), Relation::word_column_cell);
  EXPECT_EQ(relation(input, columns + 5, columns), Relation::column_key_to);
  EXPECT_EQ(relation(input, columns, columns + 5), Relation::column_key_from);
  EXPECT_EQ(relation(input, columns, columns + 1), Relation::column_same_table);
  EXPECT_EQ(relation(input, columns + 1, columns + 6), Relation::column_same_name);
  EXPECT_EQ(relation(input, columns + 1, columns + 4), Relation::column_column_none);
  EXPECT_EQ(relation(input, columns, tables), Relation::column_table_primary);
  EXPECT_EQ(relation(input, columns + 1, tables), Relation::column_table_member);
  EXPECT_EQ(relation(input, columns + 5, tables), Relation::column_table_refers);
  EXPECT_EQ(relation(input, tables, columns + 5), Relation::table_column_refers);
  EXPECT_EQ(relation(input, tables + 1, tables), Relation::table_key_to);
  EXPECT_EQ(relation(input, tables, tables + 1), Relation::table_key_from);
  EXPECT_EQ(relation(input, tables, tables), Relation::table_self);
  EXPECT_EQ(relation(input, value, columns + 2), Relation::value_column_cell);
  EXPECT_EQ(relation(input, value, columns + 1), Relation::value_column_fits);
  EXPECT_EQ(relation(input, value, columns), Relation::value_column_none);
  EXPECT_EQ(relation(input, tables, value), Relation::table_value_holds);
  EXPECT_EQ(relation(input, 2, value), Relation::word_value_inside);
  EXPECT_EQ(relation(input, 1, value), Relation::word_value_adjacent);
  EXPECT_EQ(relation(input, value, 0), Relation::value_word_none);
  EXPECT_EQ(relation(input, value, value), Relation::value_self);
}

TEST(Featurizer, NodeClassesTellTypesAndRoles) {
  const Schema schema = schema_of_concerts();
  LinkedQuestion question = linked("Show USA and France since 2014 five 'x'", schema);
  ASSERT_EQ(question.tokens.size(), 8U);
  question.values.push_back({ValueKind::date, "2014", 5, 6, {}, {}, 1.0});
  question.values.push_back({ValueKind::number, "5", 6, 7, {}, {}, 1.0});
  question.values.push_back({ValueKind::quoted, "x", 7, 8, {}, {}, 1.0});
  const auto input = featurize(question, schema, Vocabulary("<unknown>\n"), *no_words);
  const auto class_of = [&input](int node) {
    return static_cast<NodeClass>(input.node_classes[static_cast<std::size_t>(node)]);
  };
  const std::vector<NodeClass> words = {
      NodeClass::word, NodeClass::upper_case, NodeClass::word,   NodeClass::capitalised,
      NodeClass::word, NodeClass::number,     NodeClass::number, NodeClass::quoted};
  for (int i = 0; i < 8; ++i) EXPECT_EQ(class_of(i), words[static_cast<std::size_t>(i)]) << i;
  EXPECT_EQ(class_of(8), NodeClass::column_number_primary);
  EXPECT_EQ(class_of(9), NodeClass::column_text);
  EXPECT_EQ(class_of(12), NodeClass::column_time);
  EXPECT_EQ(class_of(13), NodeClass::column_number_foreign);
  EXPECT_EQ(class_of(15), NodeClass::table);
  EXPECT_EQ(class_of(17), NodeClass::view);
  EXPECT_EQ(class_of(18), NodeClass::value_date);
  EXPECT_EQ(class_of(20), NodeClass::value_quoted);
}

TEST(Featurizer, WordsOfNamesAreStemsOfTheVocabulary) {
  const Schema schema = schema_of_concerts();
  const Vocabulary vocabulary("<unknown>\nsinger\nname\nheld\n");
  const auto input = featurize(linked("Singers' names?", schema), schema, vocabulary, *no_words);
  const auto words_of = [&input](int node) {
    const auto n = static_cast<std::size_t>(node);
    return std::vector<int>(input.word_ids.begin() + input.word_begin[n],
                            input.word_ids.begin() + input.word_begin[n + 1]);
  };
  EXPECT_EQ(words_of(input.tokens + 4), (std::vector<int>{3, 0}));  // held in
  EXPECT_EQ(words_of(input.tokens + input.columns + 2), (std::vector<int>{1, 2}));
  EXPECT_EQ(words_of(0).front(), 1);
}

TEST(Featurizer, GramsAreStable) {  // part of every weights file ever written
  const Schema schema = schema_of_concerts();
  const auto input = featurize(linked("age", schema), schema, Vocabulary("<unknown>\n"), *no_words);
  const std::vector<std::uint16_t> grams(input.gram_ids.begin(),
                                         input.gram_ids.begin() + input.gram_begin[1]);
  EXPECT_THAT(grams, testing::ElementsAre(2323, 4382, 7871, 1687, 5003));
}

/// Knows one word, of two concepts.
class SmallWordNet final : public link::WordNet {
 public:
  link::WordRelation relation(std::string_view, std::string_view) const override {
    return link::WordRelation::none;
  }
  int word_class(std::string_view word) const override { return word == "singer" ? 19 : 99; }
  std::vector<std::uint32_t> concepts(std::string_view word) const override {
    if (word == "singer") return {10599806, 10340312};
    return {};
  }
  std::shared_ptr<const link::WordNeighbours> neighbours(std::string_view) const override {
    return std::make_shared<link::WordNeighbours>();
  }
  bool knows(std::string_view, bool) const override { return false; }
  bool is_proper_name(std::string_view) const override { return false; }
};

TEST(Featurizer, ConceptsHaveBucketsOfTheirOwn) {
  const Schema schema = schema_of_concerts();
  const auto input =
      featurize(linked("singer age", schema), schema, Vocabulary("<unknown>\n"), SmallWordNet());
  const auto concepts_of = [&input](std::size_t word) {
    return std::count_if(input.gram_ids.begin() + input.gram_begin[word],
                         input.gram_ids.begin() + input.gram_begin[word + 1],
                         [](std::uint16_t id) { return id >= character_gram_buckets; });
  };
  EXPECT_EQ(concepts_of(0), 2);
  EXPECT_EQ(concepts_of(1), 0);
  EXPECT_EQ(input.word_classes[0], 19);
  EXPECT_EQ(input.word_classes[1], word_class_count - 1);  // never outside the table
}

TEST(Featurizer, AnItemOfSignsAloneStillHasAWord) {
  Schema schema = schema_of_concerts();
  schema.tables[0].columns[1].natural_name = "#";
  schema.tables[0].columns[2].natural_name = "";
  schema.tables[0].columns[2].name = "";
  const auto input = featurize(linked("?", schema), schema, Vocabulary("<unknown>\n"), *no_words);
  for (std::size_t n = 0; n + 1 < input.word_begin.size(); ++n) {
    EXPECT_LT(input.word_begin[n], input.word_begin[n + 1]) << n;
  }
}

TEST(Featurizer, LongNamesAreCut) {
  Schema schema = schema_of_concerts();
  schema.tables[0].columns[1].natural_name = "a b c d e f g h i j k";
  LinkedQuestion question = linked("x", schema);
  question.values.push_back({ValueKind::quoted, "a b c d e f g h i", 0, 1, {}, {}, 1.0});
  const auto input = featurize(question, schema, Vocabulary("<unknown>\n"), *no_words);
  EXPECT_EQ(input.word_begin[3] - input.word_begin[2], 8);
  EXPECT_EQ(input.word_begin.back() - *(input.word_begin.end() - 2), 6);
}

TEST(Featurizer, PointersAndNodesAreInverse) {
  const Schema schema = schema_of_concerts();
  LinkedQuestion question = linked("singers from France", schema);
  question.values.resize(2);
  std::reverse(question.columns.begin(), question.columns.end());
  std::rotate(question.tables.begin(), question.tables.begin() + 1, question.tables.end());
  for (int node = 3; node < 3 + 7 + 3 + 2; ++node) {
    EXPECT_EQ(node_of(token_of(node, question, schema), question, schema), node);
  }
  EXPECT_EQ(token_of(3, question, schema).kind, ir::Token::Kind::column);
  EXPECT_EQ(token_of(10, question, schema), (ir::Token{ir::Token::Kind::table, 1}));
  EXPECT_EQ(token_of(14, question, schema), (ir::Token{ir::Token::Kind::value, 1}));
  question.columns.pop_back();
  EXPECT_EQ(node_of({ir::Token::Kind::column, 0}, question, schema), -1);
  EXPECT_EQ(node_of({ir::Token::Kind::value, 2}, question, schema), -1);
  EXPECT_EQ(node_of({ir::Token::Kind::symbol, 0}, question, schema), -1);
}

TEST(Vocabulary, KeepsItsLines) {
  const Vocabulary vocabulary("<unknown>\nsinger\nname\n");
  EXPECT_EQ(vocabulary.size(), 3);
  EXPECT_EQ(vocabulary.id("name"), 2);
  EXPECT_EQ(vocabulary.id("song"), 0);
  EXPECT_EQ(vocabulary.id("<unknown>"), 0);
  EXPECT_EQ(Vocabulary(vocabulary.to_lines()).to_lines(), "<unknown>\nsinger\nname\n");
}

/// A linked question with matches and values at random.
LinkedQuestion random_linked(const Schema& schema) {
  LinkedQuestion question = linked("which one two Three FOUR five six", schema);
  const auto tokens = static_cast<int>(question.tokens.size());
  for (auto& match : question.token_table) match = static_cast<NameMatch>(*rc::gen::inRange(0, 5));
  for (auto& match : question.token_column) match = static_cast<NameMatch>(*rc::gen::inRange(0, 5));
  for (auto& match : question.token_cell) match = static_cast<CellMatch>(*rc::gen::inRange(0, 3));
  const int values = *rc::gen::inRange(0, 5);
  for (int i = 0; i < values; ++i) {
    const int begin = *rc::gen::inRange(0, tokens);
    const int end = *rc::gen::inRange(begin + 1, tokens + 1);
    link::ValueCandidate value;
    value.kind = static_cast<ValueKind>(*rc::gen::inRange(0, 5));
    value.text = "some words " + std::to_string(i);
    value.token_begin = begin;
    value.token_end = end;
    if (*rc::gen::arbitrary<bool>()) {
      value.columns = {{*rc::gen::inRange(0, 2), *rc::gen::inRange(0, 3)}};
    }
    question.values.push_back(value);
  }
  return question;
}

TEST(FeaturizerProperty, SizesAgreeAndRelationsMirror) {
  const Schema schema = schema_of_concerts();
  const bool held = rc::check([&schema] {
    const auto question = random_linked(schema);
    const auto input = featurize(question, schema, Vocabulary("<unknown>\none\n"), *no_words);
    const auto n = static_cast<std::size_t>(input.nodes());
    RC_ASSERT(input.word_begin.size() == n + 1);
    RC_ASSERT(input.node_classes.size() == n);
    RC_ASSERT(input.relations.size() == n * n);
    RC_ASSERT(input.word_ids.size() == static_cast<std::size_t>(input.word_begin.back()));
    RC_ASSERT(input.word_classes.size() == input.word_ids.size());
    RC_ASSERT(input.gram_begin.size() == input.word_ids.size() + 1);
    RC_ASSERT(input.gram_ids.size() == static_cast<std::size_t>(input.gram_begin.back()));
    for (const auto gram : input.gram_ids) RC_ASSERT(gram < gram_buckets);
    for (const auto node_class : input.node_classes) RC_ASSERT(node_class < node_class_count);
    for (int i = 0; i < input.nodes(); ++i) {
      for (int j = 0; j < input.nodes(); ++j) {
        RC_ASSERT(relation(input, i, j) < Relation::end);
        RC_ASSERT(relation(input, j, i) == mirror(relation(input, i, j)));
      }
    }
  });
  EXPECT_TRUE(held);
}

TEST(FeaturizerProperty, PermutedColumnsGivePermutedRelations) {
  const Schema schema = schema_of_concerts();
  const bool held = rc::check([&schema] {
    const auto question = random_linked(schema);
    const auto columns = static_cast<int>(question.columns.size());
    std::vector<int> order(question.columns.size());  // new place → old place
    for (int i = 0; i < columns; ++i) order[static_cast<std::size_t>(i)] = i;
    for (int i = columns - 1; i > 0; --i) {
      std::swap(order[static_cast<std::size_t>(i)],
                order[static_cast<std::size_t>(*rc::gen::inRange(0, i + 1))]);
    }
    auto permuted = question;
    for (int c = 0; c < columns; ++c) {
      const int old = order[static_cast<std::size_t>(c)];
      permuted.columns[static_cast<std::size_t>(c)] =
          question.columns[static_cast<std::size_t>(old)];
      for (int t = 0; t < static_cast<int>(question.tokens.size()); ++t) {
        const auto to = static_cast<std::size_t>(t * columns + c);
        const auto from = static_cast<std::size_t>(t * columns + old);
        permuted.token_column[to] = question.token_column[from];
        permuted.token_cell[to] = question.token_cell[from];
      }
    }
    const Vocabulary vocabulary("<unknown>\none\n");
    const auto a = featurize(question, schema, vocabulary, *no_words);
    const auto b = featurize(permuted, schema, vocabulary, *no_words);
    const auto old_node = [&](int node) {
      const int c = node - b.tokens;
      return c < 0 || c >= columns ? node : b.tokens + order[static_cast<std::size_t>(c)];
    };
    for (int i = 0; i < b.nodes(); ++i) {
      RC_ASSERT(b.node_classes[static_cast<std::size_t>(i)] ==
                a.node_classes[static_cast<std::size_t>(old_node(i))]);
      for (int j = 0; j < b.nodes(); ++j) {
        RC_ASSERT(relation(b, i, j) == relation(a, old_node(i), old_node(j)));
      }
    }
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace idi::parser
