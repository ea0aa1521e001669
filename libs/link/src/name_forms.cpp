#include "name_forms.hpp"

#include <algorithm>
#include <limits>

#include "abbreviations.hpp"
#include "idi/link/linker.hpp"
#include "tokens.hpp"
#include "unicode.hpp"

namespace idi::link {
namespace {

constexpr std::size_t max_name_words = 16;
constexpr std::size_t max_glued_bytes = 40;
constexpr std::size_t max_forms = 6;
constexpr double not_a_word = std::numeric_limits<double>::infinity();
/// Two good pieces (cost 1 each), or three schema words; more is guessing.
constexpr double max_split_cost = 3.0;

std::vector<std::string> words_of(std::string_view natural_name) {
  bool cut = false;
  std::vector<std::string> words;
  for (const QuestionToken& token : tokenize_at_most(natural_name, max_name_words, cut)) {
    words.push_back(fold_plain(token.lower));
  }
  return words;
}

NameForm make_form(std::vector<std::string> words, NameMatch strength) {
  NameForm form;
  for (const std::string& word : words) form.stems.push_back(stem(word));
  form.words = std::move(words);
  form.strength = strength;
  return form;
}

bool is_ascii_word(const std::string& word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

NameReader::NameReader(const Schema& schema, const WordNet& wordnet) : wordnet_(wordnet) {
  const auto add = [this](std::string_view natural_name) {
    for (std::string& word : words_of(natural_name)) {
      if (word.size() >= 3) schema_words_.insert(std::move(word));
    }
  };
  for (const Table& table : schema.tables) {
    add(table.natural_name);
    for (const Column& column : table.columns) add(column.natural_name);
  }
}

double NameReader::piece_cost(const std::string& piece) const {
  static const std::unordered_set<std::string> short_words{"id", "no", "of", "by", "to", "in"};
  if (piece.size() <= 2) return short_words.contains(piece) ? 1.0 : not_a_word;
  if (wordnet_.knows(piece, true)) return piece.size() == 3 ? 1.2 : 1.0;
  if (schema_words_.contains(piece)) return 1.1;
  if (!expansions_of(piece).empty()) return 1.3;
  if (piece.size() >= 4 && !wordnet_.neighbours(piece)->bases.empty()) return 1.4;
  return not_a_word;
}

std::vector<std::string> NameReader::split(const std::string& word) const {
  const bool may_be_glued = word.size() >= 5 && word.size() <= max_glued_bytes &&
                            is_ascii_word(word) && wordnet_.neighbours(word)->bases.empty() &&
                            expansions_of(word).empty();
  if (!may_be_glued) return {word};
  // best[i]: least cost of splitting the first i bytes.
  const std::size_t n = word.size();
  std::vector<double> best(n + 1, not_a_word);
  std::vector<std::size_t> from(n + 1, 0);
  best[0] = 0;
  for (std::size_t end = 2; end <= n; ++end) {
    for (std::size_t begin = 0; begin + 2 <= end; ++begin) {
      if (best[begin] == not_a_word || (begin == 0 && end == n)) continue;
      const double cost = best[begin] + piece_cost(word.substr(begin, end - begin));
      if (cost < best[end]) {
        best[end] = cost;
        from[end] = begin;
      }
    }
  }
  if (best[n] > max_split_cost) return {word};
  std::vector<std::string> pieces;
  for (std::size_t end = n; end > 0; end = from[end]) {
    pieces.insert(pieces.begin(), word.substr(from[end], end - from[end]));
  }
  return pieces;
}

std::vector<NameForm> NameReader::forms_of(std::string_view natural_name) const {
  const std::vector<std::string> plain = words_of(natural_name);
  std::vector<std::string> words;
  for (const std::string& word : plain) {
    for (std::string& piece : split(word)) words.push_back(std::move(piece));
  }
  std::vector<NameForm> forms;
  forms.push_back(make_form(words, NameMatch::exact));
  if (words != plain) forms.push_back(make_form(plain, NameMatch::exact));
  // Spelled out: all abbreviations at once, their first meanings; then each other meaning.
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const std::string_view meaning : expansions_of(words[i])) {
      if (forms.size() >= max_forms) return forms;
      std::vector<std::string> spelled;
      for (std::size_t k = 0; k < words.size(); ++k) {
        const auto meanings = expansions_of(words[k]);
        const bool keep = k != i && (meanings.empty() || wordnet_.knows(words[k], true));
        if (keep) {
          spelled.push_back(words[k]);
        } else {
          for (auto& word : words_of(k == i ? meaning : meanings.front())) {
            spelled.push_back(std::move(word));
          }
        }
      }
      forms.push_back(make_form(std::move(spelled), NameMatch::synonym));
    }
  }
  return forms;
}

}  // namespace idi::link
