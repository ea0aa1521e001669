// The same questions as people say them less carefully, for measuring robustness. Deterministic;
// docs/evaluation.md defines each kind and says what it is good for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/link/wordnet.hpp"

namespace idi::eval {

enum class Variant : std::uint8_t {
  original,
  synonyms,  ///< Words of tables' and columns' names replaced by synonyms.
  unnamed,   ///< Without the names of gold columns (robustness.hpp).
  typos,     ///< One or two slips of the finger in words that are no values.
  lower_case,
  keywords,  ///< Without articles, prepositions and the words of asking.
};
inline constexpr std::array all_variants = {Variant::original,   Variant::synonyms,
                                            Variant::unnamed,    Variant::typos,
                                            Variant::lower_case, Variant::keywords};
/// "lower_case": the name of its file, too.
[[nodiscard]] std::string_view variant_name(Variant variant) noexcept;

/// What a question is changed by; the gold query's texts are values and stay as they are.
struct VariantSource {
  std::string_view question;
  std::string_view gold_sql;
  const Schema* schema = nullptr;  ///< Null: names are known from the gold query alone.
  std::uint64_t seed = 0;
  std::size_t index = 0;  ///< In the file.
};

/// The question so changed; as it is where nothing can be changed.
[[nodiscard]] std::string variant_of(Variant variant, const VariantSource& source,
                                     const link::WordNet& wordnet);

struct VariantOptions {
  std::filesystem::path questions;
  std::optional<std::filesystem::path> tables;  ///< Spider's tables.json.
  std::filesystem::path out;                    ///< Folder; made if it is not there.
  std::uint64_t seed = 1;
  std::shared_ptr<const link::WordNet> wordnet = link::WordNet::none();
};
struct WrittenVariant {
  Variant variant = Variant::original;
  std::size_t questions = 0;
  std::size_t changed = 0;
};

/// Writes OUT/<name>.jsonl for every kind: JSON lines of {db_id, question, query,
/// original_question}, all questions in their order, so that figures compare. Errors: those of
/// reading, io_failed.
[[nodiscard]] Result<std::vector<WrittenVariant>> write_variants(const VariantOptions& options);

}  // namespace idi::eval
