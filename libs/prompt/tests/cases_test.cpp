// tests/cases/prompt/*.case: what a model is asked, as text.
#include <gtest/gtest.h>

#include "case_database.hpp"
#include "case_file.hpp"
#include "idi/prompt/chat_prompt.hpp"

namespace idi::prompt {
namespace {

using testing::CaseFile;

class PromptCase : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(PromptCase, AsksWhatIsWritten) {
  const auto file = CaseFile::read(GetParam());
  if (file.settings.contains("failed")) {
    file.check(ChatFormat::standard().write_repair(file.setting("failed"), file.setting("error")) +
               '\n');
    return;
  }
  const auto prompt = testing::prompt_of(file);
  file.check(prompt ? "system:\n" + prompt->system + "\nuser:\n" + prompt->user + '\n'
                    : "error: " + prompt.error().message + '\n');
}

INSTANTIATE_TEST_SUITE_P(Cases, PromptCase,
                         ::testing::ValuesIn(testing::case_files(testing::case_folder)),
                         [](const auto& file) { return file.param.stem().string(); });

}  // namespace
}  // namespace idi::prompt
