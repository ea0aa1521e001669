#include "idi/dataset/vocabulary_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <system_error>
#include <unordered_set>
#include <utility>
#include <vector>

#include "file_content.hpp"
#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"

namespace idi::dataset {
namespace {

constexpr std::string_view unknown_word = "<unknown>";
constexpr std::uintmax_t max_vocabulary_bytes = 64 << 20;

}  // namespace

void VocabularyBuilder::add_text(std::string_view text) {
  for (const link::QuestionToken& token : link::tokenize(text)) ++counts_[token.stem];
}

void VocabularyBuilder::add_schema(const Schema& schema) {
  for (const Table& table : schema.tables) {
    add_text(table.natural_name);
    for (const Column& column : table.columns) add_text(column.natural_name);
  }
}

parser::Vocabulary VocabularyBuilder::build(int min_count) const {
  std::vector<std::pair<std::int64_t, std::string>> ranked;
  for (const auto& [word, count] : counts_) {
    if (count >= min_count && word.find('\n') == std::string::npos && !word.empty()) {
      ranked.emplace_back(-count, word);
    }
  }
  std::sort(ranked.begin(), ranked.end());
  if (ranked.size() > max_words - 1) ranked.resize(max_words - 1);
  std::vector<std::string> words{std::string(unknown_word)};
  for (auto& [count, word] : ranked) words.push_back(std::move(word));
  return parser::Vocabulary(std::move(words));
}

Result<parser::Vocabulary> read_vocabulary(const std::filesystem::path& file) {
  IDI_TRY(const std::string content, read_file(file, max_vocabulary_bytes));
  const auto wrong = [&file](std::string_view what) {
    return make_error(ErrorCode::invalid_argument, fmt::format("{} {}", file.string(), what),
                      "give the .vocabulary file that an export wrote");
  };
  if (!content.starts_with(unknown_word)) return wrong("is no vocabulary");
  if (!text::is_valid_utf8(content)) return wrong("is not UTF-8");
  std::unordered_set<std::string> seen;
  std::string_view lines = content;
  if (lines.ends_with('\n')) lines.remove_suffix(1);
  for (std::string& word : text::split(lines, '\n')) {
    if (!seen.insert(std::move(word)).second) return wrong("has a word twice");
  }
  return parser::Vocabulary(std::string_view(content));
}

Status write_vocabulary(const parser::Vocabulary& vocabulary, const std::filesystem::path& file) {
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream << vocabulary.to_lines();
  stream.close();
  if (!stream) {
    return make_error(ErrorCode::io_failed, fmt::format("cannot write {}", file.string()),
                      "check the folder's permissions and free space");
  }
  return {};
}

}  // namespace idi::dataset
