#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "batch.hpp"
#include "checkpoint.hpp"
#include "evaluation.hpp"
#include "export.hpp"
#include "idi/gguf/gguf.hpp"
#include "idi/nano_format/nano_format.hpp"
#include "probe.hpp"
#include "session.hpp"

namespace idi::lm {
namespace {

constexpr const char* pieces =
    "2 0 <unk>\n3 0 <s>\n3 0 </s>\n6 0 <0x71>\n1 -1 sh\n1 -2 ip\n1 -3 ship\n1 -4 \xE2\x96\x81ship\n"
    "1 -5 \xE2\x96\x81\n1 -6 s\n1 -7 h\n1 -8 i\n1 -9 p\n1 -10 n\n1 -11 a\n1 -12 m\n1 -13 e\n";

constexpr const char* pairs =
    "@ ships\n T0 ship C0 name C1 man N\n T1 pier C2 name K\n"
    "?real ASK name C0 C2 of ship T0 OUT\n= C0\n"
    "?made ASK man C1 over V0 C1 ship OUT\n= C0 WHERE C1 > V0\n"
    "?made ASK pier without ship T0 OUT\n= C2 WHERE C2 NOT_IN SUBQUERY C0 END\n";

class LanguageModel : public ::testing::Test {
 protected:
  void SetUp() override {
    torch::set_num_threads(1);
    folder_ =
        std::filesystem::temp_directory_path() / ("idi-lm-test-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    write("pairs", pairs);
    write("pieces", pieces);
    vocabulary_ = *Vocabulary::parse(pieces);
    corpus_ = *read_corpus(folder_ / "pairs", *vocabulary_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const char* name, std::string_view text) { std::ofstream(folder_ / name) << text; }
  [[nodiscard]] ModelSizes sizes() const { return {vocabulary_->size(), 32, 2, 2, 48}; }
  [[nodiscard]] Batch batch(unsigned seed, float inline_weight = 0.3F) const {
    std::mt19937 random(seed);
    Batch made;
    const BatchWriter writer(*vocabulary_, {inline_weight, 0, 0});
    writer.add(made, corpus_.blocks[0], {0, 1, 2, 1}, random);
    writer.add(made, corpus_.blocks[0], {2}, random);
    return made;
  }

  std::filesystem::path folder_;
  std::shared_ptr<Vocabulary> vocabulary_;
  Corpus corpus_;
};

TEST_F(LanguageModel, MergesPiecesBestFirst) {
  const auto texts = [&](std::string_view text) {
    std::string joined;
    for (const int id : vocabulary_->encode(text)) {
      joined += vocabulary_->entries()[static_cast<std::size_t>(id)].text + '|';
    }
    return joined;
  };
  EXPECT_EQ(texts(" ship"), "\xE2\x96\x81ship|");
  EXPECT_EQ(texts(" hips"), "\xE2\x96\x81|h|ip|s|");
  EXPECT_EQ(texts(" q"), "\xE2\x96\x81|<0x71>|");
  EXPECT_EQ(texts(" WHERE C57"), " WHERE| C57|");
}

TEST_F(LanguageModel, ReadsPairs) {
  ASSERT_EQ(corpus_.blocks.size(), 1u);
  EXPECT_EQ(corpus_.sources, (std::vector<std::string>{"real", "made"}));
  EXPECT_EQ(corpus_.blocks[0].tables.size(), 2u);
  EXPECT_EQ(corpus_.questions(), 3u);
  write("bad", "@ x\n T0 a\n?s ASK a OUT\n= C0\n!\n");
  EXPECT_EQ(read_corpus(folder_ / "bad", *vocabulary_).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(read_corpus(folder_ / "none", *vocabulary_).error().code, ErrorCode::not_found);
}

TEST_F(LanguageModel, DrawsOtherSymbolsForEveryGroupAndAsksForThem) {
  const Batch made = batch(1);
  EXPECT_EQ(made.questions, 5);
  ASSERT_EQ(made.groups.size(), 2u);
  for (const Target& target : made.targets) {
    const auto next = static_cast<std::size_t>(target.row) + 1;
    if (target.id != eos_id) {
      EXPECT_EQ(made.ids[next], target.id);
      EXPECT_EQ(made.positions[next], made.positions[next - 1] + 1);
    }
  }
  EXPECT_NE(batch(2).ids, made.ids);
  EXPECT_EQ(batch(1).ids, made.ids);
  for (const Target& target : batch(1, 0).targets) EXPECT_GE(target.question, 0);
}

TEST_F(LanguageModel, HidesWhatNoAnswerNeedsAndNothingElse) {
  const BatchWriter writer(*vocabulary_, {0.3F, 0.3, 1});
  std::mt19937 random(1);
  std::size_t shortest = 1000, longest = 0;
  for (int round = 0; round < 100; ++round) {
    for (std::size_t question = 0; question < 3; ++question) {
      Batch made;
      writer.add(made, corpus_.blocks[0], {question}, random);
      const Group& group = made.groups[0];
      const auto end = made.ids.begin() + group.prefix_length;
      for (const Target& target : made.targets) {
        const bool named =
            target.id >= vocabulary_->special("T0") && target.id < vocabulary_->special("V0");
        if (named) EXPECT_NE(std::find(made.ids.begin(), end, target.id), end);
      }
      shortest = std::min(shortest, static_cast<std::size_t>(group.prefix_length));
      longest = std::max(longest, static_cast<std::size_t>(group.prefix_length));
    }
  }
  EXPECT_LT(shortest, longest);
  EXPECT_EQ(longest, corpus_.blocks[0].prefix_length());
}

TEST_F(LanguageModel, OwnPassesAreLibtorchs) {
  const Batch made = batch(3);
  const Model plain(sizes(), torch::kCPU, 5, Model::Operators::plain);
  const Model fused(sizes(), torch::kCPU, 5, Model::Operators::fused);
  const auto a = plain.logits(made), b = fused.logits(made);
  EXPECT_LT((a - b).abs().max().item<float>(), 1e-4);
  a.square().mean().backward();
  b.square().mean().backward();
  for (std::size_t i = 0; i < plain.parameters().size(); ++i) {
    const auto expected = plain.parameters()[i].value.grad();
    const auto got = fused.parameters()[i].value.grad();
    EXPECT_LT((expected - got).abs().max().item<float>(),
              1e-4 * (expected.abs().max().item<float>() + 1e-3))
        << plain.parameters()[i].name;
  }
}

// A question must not see another one: its answer is the same alone.
TEST_F(LanguageModel, QuestionsOfAGroupDoNotSeeEachOther) {
  const Model model(sizes(), torch::kCPU, 5);
  const torch::NoGradGuard no_gradient;
  const BatchWriter writer(*vocabulary_, {});
  Batch together, alone;
  std::mt19937 random(9);
  writer.add(together, corpus_.blocks[0], {0, 1}, random);
  const auto length = static_cast<std::size_t>(together.groups[0].prefix_length);
  const auto begin = static_cast<std::size_t>(together.groups[0].begins[1]);
  for (std::size_t i = 0; i < together.ids.size(); ++i) {
    if (i >= length && i < begin) continue;
    alone.ids.push_back(together.ids[i]);
    alone.positions.push_back(together.positions[i]);
  }
  alone.groups = {{0,
                   static_cast<std::int64_t>(length),
                   {static_cast<std::int64_t>(length)},
                   {together.groups[0].lengths[1]}}};
  for (Target target : together.targets) {
    if (target.question != 1) continue;
    target.row -= static_cast<std::int64_t>(begin - length);
    alone.targets.push_back(target);
  }
  const auto expected = model.logits(together);
  const auto got = model.logits(alone);
  EXPECT_LT((expected.narrow(0, expected.size(0) - got.size(0), got.size(0)) - got)
                .abs()
                .max()
                .item<float>(),
            1e-4);
}

TEST_F(LanguageModel, LearnsAFewPairsAndGoesOnFromItsCheckpoint) {
  TrainOptions options;
  options.train = options.dev = folder_ / "pairs";
  options.vocabulary = folder_ / "pieces";
  options.checkpoint = folder_ / "model.pt";
  options.sizes = {0, 32, 2, 2, 48};
  options.groups = 2;
  options.questions = 3;
  options.minutes = 0.02;
  options.until = options.minutes;
  std::ostringstream log;
  ASSERT_TRUE(train(options, log).has_value());
  const auto first = read_checkpoint(options.checkpoint, torch::kCPU);
  ASSERT_TRUE(first.has_value()) << first.error().message;
  EXPECT_GT(first->steps, 0);
  options.minutes = options.until = 0.03;
  ASSERT_TRUE(train(options, log).has_value());
  auto second = read_checkpoint(options.checkpoint, torch::kCPU);
  ASSERT_TRUE(second.has_value());
  EXPECT_GT(second->steps, first->steps);
  swap_means(*second);
  const auto found = evaluate(*second->model, *vocabulary_, corpus_, 1, 1);
  EXPECT_EQ(found.questions, 3);
  EXPECT_LE(found.exact, found.allowed_exact);
  EXPECT_TRUE(std::isfinite(found.loss));
}

TEST_F(LanguageModel, RefusesAFileThatIsNoCheckpoint) {
  write("broken.pt", "no archive");
  EXPECT_EQ(read_checkpoint(folder_ / "broken.pt", torch::kCPU).error().code,
            ErrorCode::unreadable);
  EXPECT_EQ(read_checkpoint(folder_ / "none.pt", torch::kCPU).error().code, ErrorCode::not_found);
}

TEST_F(LanguageModel, MeanOfCheckpointsIsTheMeanOfTheirNumbers) {
  const auto a = make_training(vocabulary_, sizes(), torch::kCPU, 1);
  const auto b = make_training(vocabulary_, sizes(), torch::kCPU, 2);
  const auto other =
      make_training(vocabulary_, {vocabulary_->size(), 32, 1, 2, 48}, torch::kCPU, 1);
  std::vector<std::string> names;
  for (const Training* training : {&a, &b, &other}) {
    names.push_back((folder_ / std::to_string(names.size())).string());
    ASSERT_TRUE(write_checkpoint(*training, names.back()).has_value());
  }
  std::vector<char*> files = {names[0].data(), names[1].data(), names[2].data()};
  const auto mean = read_mean(std::span(files).first(2));
  ASSERT_TRUE(mean.has_value()) << mean.error().message;
  for (std::size_t i = 0; i < a.means.size(); ++i) {
    EXPECT_TRUE(torch::allclose(mean->means[i], (a.means[i] + b.means[i]) / 2));
  }
  EXPECT_EQ(read_mean(files).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(read_mean({}).error().code, ErrorCode::invalid_argument);
}

TEST_F(LanguageModel, WritesAGgufFileThatSaysWhatItIs) {
  auto training = make_training(vocabulary_, sizes(), torch::kCPU, 1);
  ASSERT_TRUE(write_gguf(training, folder_ / "model.gguf").has_value());
  const auto header = gguf::read_header(folder_ / "model.gguf");
  ASSERT_TRUE(header.has_value()) << header.error().message;
  EXPECT_EQ(header->tensors.size(), 2u + 2u * 9u);
  const auto facts = gguf::facts_of(*header);
  ASSERT_TRUE(facts.has_value()) << facts.error().message;
  EXPECT_EQ(facts->architecture, "llama");
  EXPECT_EQ(facts->layers, 2u);
  EXPECT_EQ(facts->vocabulary, static_cast<std::uint64_t>(vocabulary_->size()));
}

TEST_F(LanguageModel, ProbesTexts) {
  auto training = make_training(vocabulary_, sizes(), torch::kCPU, 1);
  write("texts", " T0 ship ASK name OUT\n ship\n");
  std::ostringstream out;
  ASSERT_TRUE(probe(training, folder_ / "texts", 3, out).has_value());
  EXPECT_NE(out.str().find("\"top\":[{\"id\":"), std::string::npos);
  write("texts", "\n");
  EXPECT_EQ(probe(training, folder_ / "texts", 3, out).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace idi::lm
