#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <random>

#include "decoder.hpp"
#include "network.hpp"
#include "random_network.hpp"
#include "reference_network.hpp"

namespace idi::parser {
namespace {

using testing::RandomSizes;
using testing::ReferenceNetwork;
using testing::TemporaryFile;

std::shared_ptr<const Network> load(const testing::WeightsContent& content,
                                    model_io::TensorType type = model_io::TensorType::f32) {
  const TemporaryFile file(".bin");
  content.write(file.path(), type);
  auto network = Network::load(model_io::TensorFile::open(file.path()));
  if (!network) throw std::runtime_error(network.error().to_text());
  return *network;
}

double largest_difference(const std::vector<float>& fast, const testing::Matrix& slow) {
  double largest = 0;
  std::size_t i = 0;
  for (const auto& row : slow)
    for (const double value : row) largest = std::max(largest, std::abs(fast.at(i++) - value));
  EXPECT_EQ(i, fast.size());
  return largest;
}

/// A walk that visits symbols and pointers alike.
std::vector<int> random_outputs(int length, int limit, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<int> outputs;
  for (int t = 0; t < length; ++t)
    outputs.push_back(std::uniform_int_distribution<int>(0, limit - 1)(random));
  return outputs;
}

TEST(Network, AgreesWithThePlainImplementationOfTheModelPage) {
  // Head widths that are, and are not, multiples of a register; one and several layers.
  for (const auto& [width, heads, layers] : {std::tuple{24, 3, 2}, {32, 2, 1}, {20, 5, 3}}) {
    RandomSizes sizes;
    sizes.width = width;
    sizes.heads = heads;
    sizes.encoder_layers = layers;
    sizes.decoder_layers = layers;
    const auto content = testing::random_weights(sizes, 7);
    const auto network = load(content);
    const ReferenceNetwork reference(sizes, content);
    const auto input = testing::random_input(sizes, 9, 13, 4, 3, 11);

    const auto memory = network->encode(input, {});
    ASSERT_TRUE(memory);
    const auto slow = reference.encode(input);
    EXPECT_LT(largest_difference(memory->rows, slow), 1e-4);
    EXPECT_LT(largest_difference(network->used_probabilities(*memory),
                                 {reference.used_probabilities(slow)}),
              1e-4);

    Decoder decoder(*network, *memory);
    std::vector<int> outputs;
    std::vector<int> history;
    int previous = DecoderStep::start;
    for (const int next : random_outputs(9, decoder.logits_per_step(), 5)) {
      const DecoderStep step{previous, &history};
      const auto logits = decoder.advance({&step, 1});
      EXPECT_LT(
          largest_difference({logits.begin(), logits.end()}, {reference.logits(slow, outputs)}),
          1e-4)
          << "step " << outputs.size();
      history.push_back(decoder.pool_row(0));
      outputs.push_back(next);
      previous = next;
    }
  }
}

TEST(Network, StepsBeyondTheLastPositionUseTheLastPosition) {
  RandomSizes sizes;
  sizes.max_steps = 3;
  const auto content = testing::random_weights(sizes, 8);
  const auto network = load(content);
  const ReferenceNetwork reference(sizes, content);
  const auto input = testing::random_input(sizes, 3, 2, 1, 1, 12);
  const auto memory = network->encode(input, {});
  const auto slow = reference.encode(input);
  Decoder decoder(*network, *memory);
  std::vector<int> history;
  std::vector<int> outputs;
  for (int t = 0; t < 6; ++t) {
    const DecoderStep step{t == 0 ? DecoderStep::start : outputs.back(), &history};
    const auto logits = decoder.advance({&step, 1});
    EXPECT_LT(largest_difference({logits.begin(), logits.end()}, {reference.logits(slow, outputs)}),
              1e-4);
    history.push_back(decoder.pool_row(0));
    outputs.push_back(t);
  }
}

TEST(Network, HalfPrecisionWeightsAreWidenedFaithfully) {
  const RandomSizes sizes;
  auto content = testing::random_weights(sizes, 9);
  // Weights that are halves already lose nothing: both files must give the same floats.
  for (auto& tensor : content.tensors)
    for (float& value : tensor.values) value = std::round(value * 256) / 256;
  const auto exact = load(content, model_io::TensorType::f32);
  const auto halves = load(content, model_io::TensorType::f16);
  const auto input = testing::random_input(sizes, 9, 13, 4, 3, 11);
  EXPECT_EQ(exact->encode(input, {})->rows, halves->encode(input, {})->rows);
}

TEST(Network, OutputsAdvancedTogetherEqualOutputsAdvancedAlone) {
  const RandomSizes sizes;
  const auto network = load(testing::random_weights(sizes, 10));
  const auto memory = network->encode(testing::random_input(sizes, 6, 8, 3, 2, 3), {});
  ASSERT_TRUE(memory);
  rc::check("batch = single", [&] {
    const int outputs = *rc::gen::inRange(1, 9);
    const int length = *rc::gen::inRange(1, 6);
    Decoder together(*network, *memory);
    const int row = together.logits_per_step();
    std::vector<std::vector<int>> paths;
    for (int i = 0; i < outputs; ++i)
      paths.push_back(*rc::gen::container<std::vector<int>>(length, rc::gen::inRange(0, row)));
    std::vector<std::vector<int>> histories(outputs);
    std::vector<float> last;
    for (int t = 0; t < length; ++t) {
      std::vector<DecoderStep> steps;
      for (int i = 0; i < outputs; ++i)
        steps.push_back({t == 0 ? DecoderStep::start : paths[i][t - 1], &histories[i]});
      const auto logits = together.advance(steps);
      last.assign(logits.begin(), logits.end());
      for (int i = 0; i < outputs; ++i) histories[i].push_back(together.pool_row(i));
    }
    for (int i = 0; i < outputs; ++i) {
      Decoder alone(*network, *memory);
      std::vector<int> history;
      std::span<const float> logits;
      for (int t = 0; t < length; ++t) {
        const DecoderStep step{t == 0 ? DecoderStep::start : paths[i][t - 1], &history};
        logits = alone.advance({&step, 1});
        history.push_back(alone.pool_row(0));
      }
      for (int k = 0; k < row; ++k) RC_ASSERT(std::abs(logits[k] - last[i * row + k]) < 1e-4F);
    }
  });
}

TEST(Network, RefusesMalformedInputs) {
  const RandomSizes sizes;
  const auto network = load(testing::random_weights(sizes, 10));
  const auto good = testing::random_input(sizes, 3, 2, 1, 1, 3);
  ASSERT_TRUE(network->encode(good, {}));
  const auto refused = [&](auto change) {
    auto input = good;
    change(input);
    const auto memory = network->encode(input, {});
    return !memory && memory.error().code == ErrorCode::invalid_argument;
  };
  EXPECT_TRUE(refused([&](auto& i) { i.word_ids[0] = sizes.vocabulary; }));
  EXPECT_TRUE(refused([&](auto& i) { i.word_ids[0] = -1; }));
  EXPECT_TRUE(refused([&](auto& i) { i.relations[4] = 200; }));
  EXPECT_TRUE(refused([&](auto& i) { i.relations.pop_back(); }));
  EXPECT_TRUE(refused([&](auto& i) { i.node_classes[0] = 99; }));
  EXPECT_TRUE(refused([&](auto& i) { i.word_begin[1] = 0; }));
  EXPECT_TRUE(refused([&](auto& i) { i.word_begin.back() += 1; }));
  EXPECT_TRUE(refused([&](auto& i) { i.gram_begin.clear(); }));
  EXPECT_TRUE(refused([&](auto& i) { i = {}; }));
}

TEST(Network, StopsBetweenLayers) {
  const RandomSizes sizes;
  const auto network = load(testing::random_weights(sizes, 10));
  const auto input = testing::random_input(sizes, 3, 2, 1, 1, 3);
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(network->encode(input, {Deadline::never(), source.get_token()}).error().code,
            ErrorCode::cancelled);
  EXPECT_EQ(
      network->encode(input, {Deadline::after(std::chrono::milliseconds(0)), {}}).error().code,
      ErrorCode::timeout);
}

TEST(Network, NamesTheTensorThatDoesNotFit) {
  const RandomSizes sizes;
  const auto fails_with = [&](const std::string& words, auto change) {
    auto content = testing::random_weights(sizes, 10);
    change(content);
    const TemporaryFile file(".bin");
    content.write(file.path());
    const auto network = Network::load(model_io::TensorFile::open(file.path()));
    ASSERT_FALSE(network);
    EXPECT_EQ(network.error().code, ErrorCode::unreadable);
    EXPECT_NE(network.error().message.find(words), std::string::npos) << network.error().to_text();
    EXPECT_FALSE(network.error().hint.empty());
  };
  fails_with("decoder.1.cross.key.weight", [](auto& content) {
    std::erase_if(content.tensors,
                  [](const auto& tensor) { return tensor.name == "decoder.1.cross.key.weight"; });
  });
  fails_with("encoder.0.ff1.weight", [](auto& content) {
    auto& tensor = content.tensor("encoder.0.ff1.weight");
    std::swap(tensor.shape[0], tensor.shape[1]);
  });
  fails_with("width", [](auto& content) { content.texts["width"] = "0"; });
  fails_with("heads", [](auto& content) { content.texts["heads"] = "7"; });
  fails_with("heads", [](auto& content) { content.texts.erase("heads"); });
  fails_with("encoder_layers", [](auto& content) { content.texts["encoder_layers"] = "many"; });
}

}  // namespace
}  // namespace idi::parser
