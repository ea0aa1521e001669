// The words that the network knows by name: stems of questions and of schema names.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/parser/featurizer.hpp"

namespace idi::dataset {

class VocabularyBuilder {
 public:
  /// The words of a question, a name or a value, each counted once for every time that it stands.
  void add_text(std::string_view text);
  void add_schema(const Schema& schema);
  /// Most frequent first, equals by alphabet; word 0 is the unknown word. At most max_words.
  [[nodiscard]] parser::Vocabulary build(int min_count) const;

  static constexpr std::size_t max_words = 100'000;

 private:
  std::unordered_map<std::string, std::int64_t> counts_;
};

/// One word a line, the first is the unknown word. Errors: not_found, unreadable, limit_exceeded,
/// invalid_argument (empty, not UTF-8, a repeated word).
[[nodiscard]] Result<parser::Vocabulary> read_vocabulary(const std::filesystem::path& file);
/// Errors: io_failed.
[[nodiscard]] Status write_vocabulary(const parser::Vocabulary& vocabulary,
                                      const std::filesystem::path& file);

}  // namespace idi::dataset
