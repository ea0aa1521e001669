#include "idi/parser/parser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "fitting_parser.hpp"
#include "idi/parser/featurizer.hpp"
#include "idi/parser/weights.hpp"
#include "idi/sql/translate.hpp"
#include "random_network.hpp"
#include "small_schema.hpp"

namespace idi::parser {
namespace {

using testing::fitting_sizes;
using testing::fitting_weights;
using ::testing::HasSubstr;
using testing::random_parser;
using testing::RandomSizes;
using testing::TemporaryFile;
using testing::WeightsContent;

std::shared_ptr<const link::Linker> linker() {
  static const auto linker =
      link::Linker::make(testing::small_schema(), link::ValueIndex::empty(), link::WordNet::none());
  return linker;
}

constexpr const char* questions[] = {
    "How many singers are older than 56?",
    "Show the name of every concert in 2014 and its singer",
    "Which singers from 'France' did not sing in any concert?",
    "average age per country, top 3",
    "x",
    "???",
};

TEST(Parser, EveryCandidateIsAQueryThatTheGrammarAndTheDialectsAccept) {
  const auto schema = testing::small_schema();
  rc::check("valid by construction", [&] {
    const auto parser = random_parser(*rc::gen::inRange(0U, 1000U));
    const std::string question =
        *rc::gen::elementOf(std::vector<std::string>(std::begin(questions), std::end(questions)));
    ParseOptions options;
    options.beam_width = *rc::gen::inRange(1, 12);
    options.dialect = *rc::gen::element(Dialect::sqlite, Dialect::postgres, Dialect::mysql);
    const auto linked = linker()->link(question);
    const auto candidates = parser->parse(linked, *linker(), options);
    if (!candidates) {
      RC_ASSERT(candidates.error().code == ErrorCode::unanswerable);
      return;
    }
    RC_ASSERT(!candidates->empty());
    RC_ASSERT(candidates->size() <= static_cast<std::size_t>(options.beam_width));
    std::set<std::string> statements;
    for (const Candidate& candidate : *candidates) {
      ir::Grammar grammar;
      for (const ir::Token& token : candidate.tokens) {
        RC_ASSERT(ir::admits(grammar.allowed(), token));
        grammar.advance(token);
      }
      RC_ASSERT(grammar.complete());
      const auto sql = sql::to_sql(candidate.query, schema, options.dialect);
      RC_ASSERT(sql.has_value());
      RC_ASSERT(*sql == candidate.sql);
      RC_ASSERT(statements.insert(candidate.sql).second);
      RC_ASSERT(candidate.log_probability <= 0);
      RC_ASSERT(candidate.steps == static_cast<int>(candidate.tokens.size()));
    }
  });
}

TEST(Parser, PointsOnlyAtWhatLinkingKept) {
  const auto parser = random_parser(5);
  link::LinkBudget budget;
  budget.max_tables = 1;
  const auto linked = linker()->link("How many singers are there?", budget);
  ASSERT_EQ(linked.tables.size(), 1U);
  const auto candidates = parser->parse(linked, *linker(), {});
  ASSERT_TRUE(candidates);
  const auto& schema = linker()->schema();
  for (const Candidate& candidate : *candidates)
    for (const ir::Token& token : candidate.tokens) {
      if (token.kind == ir::Token::Kind::table) {
        EXPECT_EQ(token.index, linked.tables[0]);
      }
      if (token.kind == ir::Token::Kind::column) {
        EXPECT_EQ(schema.from_flat_index(token.index).table, linked.tables[0]);
      }
    }
}

TEST(Parser, TheSameQuestionGivesTheSameCandidatesOnEveryThread) {
  const auto parser = random_parser(5);
  const auto linked = linker()->link(questions[1]);
  const auto ask = [&] {
    std::vector<std::string> statements;
    const auto candidates = parser->parse(linked, *linker(), {});
    if (candidates)
      for (const auto& candidate : *candidates) statements.push_back(candidate.sql);
    return statements;
  };
  const auto expected = ask();
  ASSERT_FALSE(expected.empty());
  std::vector<std::vector<std::string>> results(4);
  {
    std::vector<std::jthread> threads;
    for (auto& result : results) threads.emplace_back([&] { result = ask(); });
  }
  for (const auto& result : results) EXPECT_EQ(result, expected);
}

TEST(Parser, TellsTheDraftThatIsAheadAndWritesTheSameWithoutAListener) {
  const auto linked = linker()->link(questions[1]);
  for (unsigned seed = 0; seed < 8; ++seed) {
    const auto parser = random_parser(seed);
    std::vector<std::vector<ir::Token>> drafts;
    ParseOptions options;
    options.on_draft = [&](std::span<const ir::Token> tokens) {
      drafts.emplace_back(tokens.begin(), tokens.end());
    };
    const auto watched = parser->parse(linked, *linker(), options);
    const auto alone = parser->parse(linked, *linker(), {});
    ASSERT_EQ(watched.has_value(), alone.has_value());
    ASSERT_FALSE(drafts.empty());
    EXPECT_EQ(drafts.front().size(), 1U);
    for (const auto& draft : drafts) {
      ir::Grammar grammar;
      for (const ir::Token& token : draft) {
        ASSERT_TRUE(ir::admits(grammar.allowed(), token));
        grammar.advance(token);
      }
    }
    if (!watched) continue;
    ASSERT_EQ(watched->size(), alone->size());
    for (std::size_t i = 0; i < alone->size(); ++i) EXPECT_EQ((*watched)[i].sql, (*alone)[i].sql);
  }
}

TEST(Parser, AStopFromItsListenerEndsIt) {
  const auto parser = random_parser(5);
  const auto linked = linker()->link(questions[1]);
  std::stop_source source;
  int told = 0;
  ParseOptions options;
  options.stop = source.get_token();
  options.on_draft = [&](std::span<const ir::Token>) {
    ++told;
    source.request_stop();
  };
  EXPECT_EQ(parser->parse(linked, *linker(), options).error().code, ErrorCode::cancelled);
  EXPECT_EQ(told, 1);
}

TEST(Parser, StopsWhenAskedTo) {
  const auto parser = random_parser(6);
  const auto linked = linker()->link(questions[1]);
  ParseOptions options;
  std::stop_source source;
  source.request_stop();
  options.stop = source.get_token();
  EXPECT_EQ(parser->parse(linked, *linker(), options).error().code, ErrorCode::cancelled);

  ParseOptions late;
  late.deadline = Deadline::after(std::chrono::milliseconds(0));
  EXPECT_EQ(parser->parse(linked, *linker(), late).error().code, ErrorCode::timeout);
}

TEST(Parser, RefusesWhatCannotBeAnswered) {
  const auto parser = random_parser(6);
  EXPECT_EQ(parser->parse(linker()->link(""), *linker(), {}).error().code, ErrorCode::unanswerable);
  const auto nothing =
      link::Linker::make(Schema{}, link::ValueIndex::empty(), link::WordNet::none());
  EXPECT_EQ(parser->parse(nothing->link("How many?"), *nothing, {}).error().code,
            ErrorCode::unanswerable);
  ParseOptions options;
  options.beam_width = 0;
  EXPECT_EQ(parser->parse(linker()->link("x"), *linker(), options).error().code,
            ErrorCode::invalid_argument);
  options.beam_width = 1'000'000;
  EXPECT_EQ(parser->parse(linker()->link("x"), *linker(), options).error().code,
            ErrorCode::invalid_argument);
}

TEST(Parser, SurvivesWeightsThatOverflow) {
  auto content = fitting_weights(3);
  // Finite in the file, infinite or worse after the first product.
  for (float& value : content.tensor("encoder.0.ff1.weight").values) value = 1e30F;
  const TemporaryFile file(".bin");
  content.write(file.path());
  const auto parser = Parser::open(file.path());
  ASSERT_TRUE(parser);
  const auto candidates = (*parser)->parse(linker()->link(questions[0]), *linker(), {});
  if (candidates) {
    for (const Candidate& candidate : *candidates)
      EXPECT_TRUE(std::isfinite(candidate.log_probability));
  } else {
    EXPECT_EQ(candidates.error().code, ErrorCode::unanswerable);
  }
}

class WeightsFile : public ::testing::Test {
 protected:
  Error error_of_opening() {
    auto parser = Parser::open(file_.path());
    if (parser) return make_error(ErrorCode::internal, "it was opened");
    EXPECT_FALSE(parser.error().hint.empty()) << parser.error().to_text();
    return parser.error();
  }
  TemporaryFile file_{".bin"};
};

TEST_F(WeightsFile, AbsentIsNotFound) { EXPECT_EQ(error_of_opening().code, ErrorCode::not_found); }

TEST_F(WeightsFile, CutShortAnywhereIsUnreadable) {
  fitting_weights(1).write(file_.path());
  const auto size = std::filesystem::file_size(file_.path());
  for (const auto kept :
       {size - 1, size / 2, std::uintmax_t{100}, std::uintmax_t{3}, std::uintmax_t{0}}) {
    std::filesystem::resize_file(file_.path(), kept);
    EXPECT_EQ(error_of_opening().code, ErrorCode::unreadable) << kept << " bytes";
  }
}

TEST_F(WeightsFile, AFlippedBitIsNoticed) {
  fitting_weights(1).write(file_.path());
  std::fstream file(file_.path(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(file_.path()) / 2));
  file.put('\x5a');
  file.close();
  EXPECT_EQ(error_of_opening().code, ErrorCode::unreadable);
}

TEST_F(WeightsFile, ForeignIsUnreadable) {
  std::ofstream(file_.path()) << "SQLite format 3, or anything else that is not ours";
  EXPECT_EQ(error_of_opening().code, ErrorCode::unreadable);
}

TEST_F(WeightsFile, AFolderIsUnreadable) {
  std::filesystem::create_directory(file_.path());
  EXPECT_EQ(error_of_opening().code, ErrorCode::unreadable);
}

TEST_F(WeightsFile, OfOtherFeaturesIsOfAnotherVersion) {
  const auto opening_with = [&](const std::string& key, int value) {
    RandomSizes sizes = fitting_sizes();
    auto content = fitting_weights(1);
    if (key == "relations") sizes.relation_count = value;
    if (key == "symbols") sizes.symbol_count = value;
    if (key == "node classes") sizes.node_class_count = value;
    if (key != "features") content = testing::random_weights(sizes, 1);
    content.texts["featurizer_version"] =
        std::to_string(key == "features" ? value : featurizer_version);
    content.write(file_.path());
    return error_of_opening();
  };
  for (const auto& [key, value] : {std::pair{"features", featurizer_version + 1},
                                   {"relations", relation_count - 1},
                                   {"node classes", node_class_count + 1},
                                   {"symbols", ir::symbol_count + 1}}) {
    const Error error = opening_with(key, value);
    EXPECT_EQ(error.code, ErrorCode::wrong_version) << key;
    EXPECT_THAT(error.message, HasSubstr(key));
  }
}

TEST_F(WeightsFile, OfFewerSymbolsStillAnswers) {
  RandomSizes sizes = fitting_sizes();
  sizes.symbol_count = ir::symbol_count - 2;
  auto content = testing::random_weights(sizes, 1);
  content.texts["featurizer_version"] = std::to_string(featurizer_version);
  content.write(file_.path());
  const auto parser = Parser::open(file_.path());
  ASSERT_TRUE(parser);
  EXPECT_TRUE((*parser)->parse(linker()->link(questions[0]), *linker(), {}));
}

TEST_F(WeightsFile, MayBringSelectorWeights) {
  auto content = fitting_weights(1);
  content.texts["selector"] = "log_probability 2\nempty -3.5\n";
  content.write(file_.path());
  const auto parser = Parser::open(file_.path());
  ASSERT_TRUE(parser);
  EXPECT_EQ((*parser)->selector().to_text(), "log_probability 2\nempty -3.5\n");

  content.texts["selector"] = "log_probability much\n";
  content.write(file_.path());
  EXPECT_THAT(error_of_opening().message, HasSubstr("line 1"));
}

TEST_F(WeightsFile, MayBringConfidenceWeights) {
  auto content = fitting_weights(1);
  content.write(file_.path());
  auto parser = Parser::open(file_.path());
  ASSERT_TRUE(parser);
  EXPECT_EQ((*parser)->confidence(), nullptr);

  content.texts["confidence"] = "bias 0.5\nlead 2\n";
  content.write(file_.path());
  parser = Parser::open(file_.path());
  ASSERT_TRUE(parser);
  ASSERT_NE((*parser)->confidence(), nullptr);
  EXPECT_EQ((*parser)->confidence()->to_text(), "bias 0.5\nlead 2\n");

  content.texts["confidence"] = "luck 1\n";
  content.write(file_.path());
  EXPECT_THAT(error_of_opening().message, HasSubstr("luck"));
}

TEST_F(WeightsFile, IsDescribed) {
  auto content = fitting_weights(1);
  content.texts["name"] = "a-small-one";
  content.write(file_.path());
  const auto parser = Parser::open(file_.path());
  ASSERT_TRUE(parser);
  EXPECT_THAT((*parser)->description(), HasSubstr("width 24"));
  EXPECT_THAT((*parser)->description(), HasSubstr("a-small-one"));
}

class JoinedWeights : public WeightsFile {
 protected:
  std::vector<Candidate> ask(const std::string& path) {
    const auto parser = Parser::open(path);
    EXPECT_TRUE(parser) << (parser ? "" : parser.error().to_text());
    return *(*parser)->parse(linker()->link(questions[1]), *linker(), {});
  }
  TemporaryFile first_{".bin"}, second_{".bin"};
};

TEST_F(JoinedWeights, TwiceTheSameNetworkAnswersLikeItself) {
  fitting_weights(5).write(first_.path());
  ASSERT_TRUE(join_weights({first_.path(), first_.path()}, file_.path()));
  const auto alone = ask(first_.path());
  const auto joined = ask(file_.path());
  ASSERT_EQ(alone.size(), joined.size());
  for (std::size_t i = 0; i < alone.size(); ++i) {
    EXPECT_EQ(alone[i].sql, joined[i].sql);
    EXPECT_NEAR(alone[i].log_probability, joined[i].log_probability, 1e-4);
  }
}

TEST_F(JoinedWeights, NetworksOfDifferentSizesAnswerTogether) {
  fitting_weights(5).write(first_.path());
  RandomSizes sizes = fitting_sizes();
  sizes.width = 20;
  sizes.heads = 2;
  sizes.encoder_layers = 3;
  testing::random_weights(sizes, 6).write(second_.path());
  ASSERT_TRUE(join_weights({first_.path(), second_.path()}, file_.path()));
  EXPECT_THAT((*Parser::open(file_.path()))->description(), HasSubstr("2 networks"));
  EXPECT_FALSE(ask(file_.path()).empty());
  // A joined file is no member.
  EXPECT_EQ(join_weights({file_.path(), first_.path()}, second_.path()).error().code,
            ErrorCode::invalid_argument);
}

TEST_F(JoinedWeights, NetworksOfOtherWordsAreRefused) {
  fitting_weights(5).write(first_.path());
  auto other = fitting_weights(6);
  other.texts["vocabulary"] += "x";
  other.write(second_.path());
  const auto joined = join_weights({first_.path(), second_.path()}, file_.path());
  ASSERT_FALSE(joined);
  EXPECT_THAT(joined.error().message, HasSubstr("vocabulary"));
  EXPECT_FALSE(join_weights({}, file_.path()));
  EXPECT_FALSE(join_weights({"no such file"}, file_.path()));
}

TEST_F(JoinedWeights, AMemberThatIsMissingIsNoticed) {
  auto content = fitting_weights(5);
  for (const char* members : {"2", "0", "1000", "many"}) {
    content.texts["members"] = members;
    content.write(file_.path());
    EXPECT_EQ(error_of_opening().code, ErrorCode::unreadable) << members;
  }
}

}  // namespace
}  // namespace idi::parser
