#include "name_forms.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "abbreviations.hpp"
#include "idi/link/linker.hpp"
#include "tokens.hpp"
#include "unicode.hpp"

namespace idi::link {
namespace {

constexpr std::size_t max_name_words = 16;
constexpr std::size_t max_glued_bytes = 40;
constexpr std::size_t max_forms = 6;
constexpr std::size_t max_pieces = 3;

/// Words that WordNet 3.0 does not know yet, but people say as one.
constexpr auto compounds = std::to_array<std::string_view>({
    "bluetooth", "callsign", "checkin", "checkout",  "codeshare",  "dataset",    "datasets",
    "email",     "emails",   "hashtag", "keyphrase", "keyword",    "keywords",   "login",
    "logins",    "logout",   "offline", "online",    "postseason", "powertrain", "preseason",
    "timestamp", "username", "webpage", "website",   "wifi",
});

bool is_compound(const std::string& word) {
  return std::find(compounds.begin(), compounds.end(), word) != compounds.end();
}

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

const NameReader::Word& NameReader::read(const std::string& word) const {
  const auto found = known_.find(word);
  if (found != known_.end()) return found->second;
  Word read{split(word), expansions_of(word), wordnet_.knows(word, true)};
  return known_.emplace(word, std::move(read)).first->second;
}

NameReader::Piece NameReader::piece_at(const std::string& word, std::size_t begin,
                                       std::size_t end) const {
  const std::string piece = word.substr(begin, end - begin);
  if (piece.size() == 2) {
    const bool ends_name = piece == "id" || piece == "no" || piece == "by";
    return ends_name && end == word.size() ? Piece::key_word : Piece::none;
  }
  if (schema_words_.contains(piece)) return Piece::schema_word;
  if (wordnet_.knows(piece, true)) return Piece::frequent_word;
  return expansions_of(piece).empty() ? Piece::none : Piece::abbreviation;
}

std::vector<std::string> NameReader::split(const std::string& word) const {
  const bool may_be_glued = word.size() >= 5 && word.size() <= max_glued_bytes &&
                            is_ascii_word(word) && wordnet_.neighbours(word)->bases.empty() &&
                            expansions_of(word).empty() && !is_compound(word);
  if (!may_be_glued) return {word};
  // Few pieces of which none is guessed: an abbreviation may stand only among words of the schema
  // ("custid" yes, "appelation" is not an application of elation).
  struct Split {
    std::vector<std::size_t> ends;
    bool plain_words = false;  ///< Some piece is a frequent word only.
    bool abbreviations = false;
    int letters_of_three = 0;
  };
  std::vector<std::optional<Split>> best(word.size() + 1);
  best[0] = Split{};
  const auto cost = [](const Split& split) {
    return static_cast<int>(split.ends.size()) * 10 + split.letters_of_three * 2 +
           (split.abbreviations ? 5 : 0) + (split.plain_words ? 1 : 0);
  };
  for (std::size_t end = 2; end <= word.size(); ++end) {
    for (std::size_t begin = 0; begin + 2 <= end; ++begin) {
      if (!best[begin] || best[begin]->ends.size() >= max_pieces) continue;
      if (begin == 0 && end == word.size()) continue;
      const Piece piece = piece_at(word, begin, end);
      if (piece == Piece::none) continue;
      Split split = *best[begin];
      split.ends.push_back(end);
      split.plain_words = split.plain_words || piece == Piece::frequent_word;
      split.abbreviations = split.abbreviations || piece == Piece::abbreviation;
      split.letters_of_three += end - begin == 3 && piece == Piece::frequent_word ? 1 : 0;
      if (split.plain_words && split.abbreviations) continue;
      if (!best[end] || cost(split) < cost(*best[end])) best[end] = std::move(split);
    }
  }
  if (!best[word.size()]) return {word};
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  for (const std::size_t end : best[word.size()]->ends) {
    pieces.push_back(word.substr(begin, end - begin));
    begin = end;
  }
  return pieces;
}

std::vector<NameForm> NameReader::forms_of(std::string_view natural_name) const {
  const std::vector<std::string> plain = words_of(natural_name);
  std::vector<std::string> words;
  for (const std::string& word : plain) {
    for (const std::string& piece : read(word).pieces) words.push_back(piece);
  }
  std::vector<NameForm> forms;
  forms.push_back(make_form(words, NameMatch::exact));
  if (words != plain) forms.push_back(make_form(plain, NameMatch::exact));
  // Spelled out: all abbreviations at once, their first meanings; then each other meaning.
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const std::string_view meaning : read(words[i]).meanings) {
      if (forms.size() >= max_forms) return forms;
      std::vector<std::string> spelled;
      for (std::size_t k = 0; k < words.size(); ++k) {
        const Word& other = read(words[k]);
        const bool keep = k != i && (other.meanings.empty() || other.frequent);
        if (keep) {
          spelled.push_back(words[k]);
        } else {
          for (auto& word : words_of(k == i ? meaning : other.meanings.front())) {
            spelled.push_back(std::move(word));
          }
        }
      }
      forms.push_back(make_form(std::move(spelled), NameMatch::synonym));
    }
  }
  return forms;
}

std::string NameReader::spoken(std::string_view natural_name) const {
  std::string result;
  for (const std::string& word : words_of(natural_name)) {
    for (const std::string& piece : read(word).pieces) {
      const Word& known = read(piece);
      const bool spell_out = known.meanings.size() == 1 && !known.frequent;
      if (!result.empty()) result += ' ';
      result += spell_out ? known.meanings.front() : std::string_view(piece);
    }
  }
  return result.empty() ? std::string(natural_name) : result;
}

}  // namespace idi::link
