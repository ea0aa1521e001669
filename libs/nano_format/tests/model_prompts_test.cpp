// The model reads what it was trained on: a change of these prompts needs a new model. After one,
// IDI_UPDATE_GOLDEN=1 writes the prompts, and `idi-train-lm probe CHECKPOINT model_prompts.txt`
// model_logits.jsonl.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "model_prompts.hpp"

namespace idi::nano_format {
namespace {

TEST(ModelPrompts, AreThoseOfTheTraining) {
  const std::filesystem::path file = "libs/nano_format/tests/model_prompts.txt";
  const auto prompts = testing::model_prompts();
  if (std::getenv("IDI_UPDATE_GOLDEN") != nullptr) {
    std::ofstream out(file);
    for (const std::string& prompt : prompts) out << prompt << '\n';
  }
  EXPECT_EQ(prompts, testing::lines_of(file));
}

}  // namespace
}  // namespace idi::nano_format
