#include "name_index.hpp"

#include <algorithm>
#include <unordered_set>

#include "abbreviations.hpp"
#include "idi/link/linker.hpp"
#include "implied_names.hpp"
#include "name_forms.hpp"
#include "name_synonyms.hpp"
#include "tokens.hpp"

namespace idi::link {
namespace {

constexpr std::size_t max_name_ngram = 5;
constexpr std::size_t max_lemma_ngram = 3;

std::string join(const std::vector<std::string>& words, std::string_view separator) {
  std::string joined;
  for (const std::string& word : words) {
    if (!joined.empty()) joined += separator;
    joined += word;
  }
  return joined;
}

/// "phone number" → "phone number" by stems.
std::string stems_of_lemma(const std::string& lemma) {
  const auto tokens = tokenize(lemma);
  return stem_key(tokens, 0, tokens.size());
}

bool is_unspoken(const QuestionToken& token) {
  return is_stopword(token.lower) || is_asking_word(token.lower);
}

/// "1998": speaks of time, mostly.
bool is_year(std::string_view text) {
  return text.size() == 4 && is_number_text(text) &&
         (text.starts_with("19") || text.starts_with("20"));
}

}  // namespace

NameIndex::NameIndex(const Schema& schema, std::shared_ptr<const WordNet> wordnet)
    : wordnet_(std::move(wordnet)) {
  const NameReader reader(schema, *wordnet_);
  Item item = 0;
  for (const Table& table : schema.tables) add(item++, table.natural_name, reader);
  for (const Table& table : schema.tables) {
    for (const Column& column : table.columns) {
      if (column.type == ColumnType::time) time_columns_.push_back(item);
      add(item++, column.natural_name, reader);
    }
  }
  for (auto& [letter, words] : unknown_words_) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
  }
}

void NameIndex::add(Item item, std::string_view natural_name, const NameReader& reader) {
  const auto put = [item](Postings& postings, const std::string& key, NameMatch strength) {
    auto& list = postings[key];
    if (list.empty() || list.back().item != item) {
      list.push_back({item, strength});
    } else {
      list.back().strength = std::max(list.back().strength, strength);
    }
  };
  const auto forms = reader.forms_of(natural_name);
  spoken_names_.push_back(reader.spoken(natural_name));
  word_counts_.push_back(std::max(1, static_cast<int>(forms.front().words.size())));
  const auto& words = forms.front().words;
  labels_.push_back(std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "name" || word == "title";
  }));
  for (const NameForm& form : forms) {
    if (form.stems.empty()) continue;
    put(whole_, join(form.stems, " "), form.strength);
    if (form.stems.size() > 1) {
      put(whole_, stem(join(form.words, "")), form.strength);  // "lastname" said of last_name
    }
    const NameMatch part =
        form.strength == NameMatch::exact ? NameMatch::partial : NameMatch::synonym;
    for (std::size_t i = 0; i < form.stems.size(); ++i) {
      if (is_stopword(form.words[i])) continue;
      put(words_, form.stems[i], part);
    }
    if (form.strength != NameMatch::exact) continue;
    for (const std::string& word : form.words) {
      const bool abbreviation = word.size() >= 2 && word.size() <= 8 && word[0] >= 'a' &&
                                word[0] <= 'z' && reader.is_unusual(word);
      if (abbreviation) unknown_words_[word[0]].push_back(word);
    }
  }
}

/// Collects matches for one question.
class NameIndex::Matcher {
 public:
  Matcher(const NameIndex& index, const std::vector<QuestionToken>& tokens)
      : index_(index), tokens_(tokens), row_of_(index.item_count(), -1) {}

  std::vector<ItemMatches> run() {
    own_words();
    spelled_out();
    word_relations();
    implied();
    std::sort(rows_.begin(), rows_.end(),
              [](const ItemMatches& a, const ItemMatches& b) { return a.item < b.item; });
    return std::move(rows_);
  }

 private:
  void mark(Item item, std::size_t begin, std::size_t end, NameMatch kind) {
    auto& row = row_of_[static_cast<std::size_t>(item)];
    if (row < 0) {
      row = static_cast<std::int32_t>(rows_.size());
      rows_.push_back({item, std::vector<NameMatch>(tokens_.size(), NameMatch::none)});
    }
    auto& marks = rows_[static_cast<std::size_t>(row)].tokens;
    for (std::size_t i = begin; i < end; ++i) marks[i] = std::max(marks[i], kind);
  }

  /// `strongest` limits what the postings' own strength may give.
  void mark_all(const Postings& postings, const std::string& key, std::size_t begin,
                std::size_t end, NameMatch strongest) {
    const auto found = postings.find(key);
    if (found == postings.end()) return;
    for (const Posting& posting : found->second) {
      mark(posting.item, begin, end, std::min(posting.strength, strongest));
    }
  }

  void own_words() {
    for (std::size_t begin = 0; begin < tokens_.size(); ++begin) {
      std::string key;
      const std::size_t last = std::min(tokens_.size(), begin + max_name_ngram);
      for (std::size_t end = begin + 1; end <= last; ++end) {
        if (!key.empty()) key += ' ';
        key += tokens_[end - 1].stem;
        if (end == begin + 1 && is_stopword(tokens_[begin].lower)) continue;
        mark_all(index_.whole_, key, begin, end, NameMatch::exact);
      }
      if (!is_unspoken(tokens_[begin])) {
        mark_all(index_.words_, tokens_[begin].stem, begin, begin + 1, NameMatch::partial);
      }
    }
  }

  void phrase(std::string_view words, std::size_t begin, std::size_t end, NameMatch kind) {
    const std::string key = stems_of_lemma(std::string(words));
    mark_all(index_.whole_, key, begin, end, kind);
    if (key.find(' ') == std::string::npos) mark_all(index_.words_, key, begin, end, kind);
  }

  /// Abbreviations, in the question (expanded) and in the names (prefixes of the question's words).
  void spelled_out() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const QuestionToken& token = tokens_[i];
      if (is_unspoken(token)) continue;
      for (const std::string_view words : expansions_of(token.lower)) {
        phrase(words, i, i + 1, NameMatch::synonym);
      }
      const auto candidates = token.lower.empty() ? index_.unknown_words_.end()
                                                  : index_.unknown_words_.find(token.lower.front());
      if (candidates == index_.unknown_words_.end()) continue;
      for (const std::string& word : candidates->second) {
        if (may_abbreviate(word, token.lower)) phrase(word, i, i + 1, NameMatch::synonym);
      }
    }
  }

  void word_relations() {
    for (std::size_t begin = 0; begin < tokens_.size(); ++begin) {
      std::string lemma;
      const std::size_t last = std::min(tokens_.size(), begin + max_lemma_ngram);
      for (std::size_t end = begin + 1; end <= last; ++end) {
        if (!lemma.empty()) lemma += ' ';
        lemma += tokens_[end - 1].lower;
        if (is_unspoken(tokens_[begin]) || is_unspoken(tokens_[end - 1])) {
          if (end == begin + 1) break;
          continue;
        }
        relations_of(lemma, begin, end);
      }
    }
  }

  void relations_of(const std::string& lemma, std::size_t begin, std::size_t end) {
    for (const std::string_view key : name_synonyms_of(stem_key(tokens_, begin, end))) {
      // Near only as the whole of a name: the number of staff is no employee number.
      mark_all(index_.whole_, std::string(key), begin, end, NameMatch::synonym);
      mark_all(index_.words_, std::string(key), begin, end, NameMatch::related);
    }
    const auto neighbours = index_.wordnet_->neighbours(lemma);
    for (const std::string& base : neighbours->bases) {
      phrase(base, begin, end, NameMatch::synonym);
    }
    for (const std::string& word : neighbours->synonyms) {
      phrase(word, begin, end, NameMatch::synonym);
    }
    for (const std::string& word : neighbours->related) {
      phrase(word, begin, end, NameMatch::related);
    }
  }

  void implied() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      imply(tokens_[i].lower, i, i + 1);
      if (i + 1 < tokens_.size()) imply(tokens_[i].lower + ' ' + tokens_[i + 1].lower, i, i + 2);
      const bool year = is_year(tokens_[i].text);
      if (year) imply("year", i, i + 1);
      if (year || implies_time(tokens_[i].lower)) {
        for (const Item item : index_.time_columns_) mark(item, i, i + 1, NameMatch::related);
      }
    }
  }

  void imply(const std::string& trigger, std::size_t begin, std::size_t end) {
    std::string_view names = names_implied_by(trigger);
    while (!names.empty()) {
      const std::string_view name = names.substr(0, names.find(' '));
      names.remove_prefix(std::min(names.size(), name.size() + 1));
      phrase(name, begin, end, NameMatch::related);
    }
  }

  const NameIndex& index_;
  const std::vector<QuestionToken>& tokens_;
  std::vector<std::int32_t> row_of_;
  std::vector<ItemMatches> rows_;
};

std::vector<ItemMatches> NameIndex::match(const std::vector<QuestionToken>& tokens) const {
  return Matcher(*this, tokens).run();
}

}  // namespace idi::link
