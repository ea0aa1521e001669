#include "idi/link/wordnet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "wordnet_files.hpp"

namespace idi::link {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class WordNetTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = WordNet::open();
    if (!opened) GTEST_SKIP() << opened.error().to_text();
    words_ = *opened;
  }
  std::shared_ptr<const WordNet> words_;
};

TEST_F(WordNetTest, KnowsSynonyms) {
  EXPECT_EQ(words_->relation("car", "automobile"), WordRelation::synonym);
  EXPECT_EQ(words_->relation("cars", "automobiles"), WordRelation::synonym);
  EXPECT_EQ(words_->relation("singer", "vocalist"), WordRelation::synonym);
  EXPECT_EQ(words_->relation("phone number", "telephone number"), WordRelation::synonym);
}

TEST_F(WordNetTest, InflectionsAreSynonyms) {
  EXPECT_EQ(words_->relation("children", "child"), WordRelation::synonym);
  EXPECT_EQ(words_->relation("cities", "city"), WordRelation::synonym);
  EXPECT_EQ(words_->relation("older", "old"), WordRelation::synonym);
}

TEST_F(WordNetTest, KnowsOneStepRelatives) {
  EXPECT_EQ(words_->relation("french", "france"), WordRelation::related);           // pertainym
  EXPECT_EQ(words_->relation("car", "motor vehicle"), WordRelation::related);       // hypernym
  EXPECT_EQ(words_->relation("singer", "sing"), WordRelation::related);             // derivation
  EXPECT_EQ(words_->relation("paris", "national capital"), WordRelation::related);  // instance of
}

TEST_F(WordNetTest, IsSymmetric) {
  for (const auto& [a, b] : {std::pair{"france", "french"},
                             {"city", "paris"},
                             {"sing", "singer"},
                             {"banana", "salary"},
                             {"vehicle", "car"},
                             {"person", "student"}}) {
    EXPECT_EQ(words_->relation(a, b), words_->relation(b, a)) << a << ' ' << b;
  }
}

TEST_F(WordNetTest, UnrelatedAndUnknownWordsHaveNone) {
  EXPECT_EQ(words_->relation("banana", "salary"), WordRelation::none);
  EXPECT_EQ(words_->relation("xyzzyq", "xyzzyq"), WordRelation::none);
  EXPECT_EQ(words_->relation("", ""), WordRelation::none);
  EXPECT_EQ(words_->relation(std::string(100'000, 'a'), "b"), WordRelation::none);
}

TEST_F(WordNetTest, ClassIsTheMostFrequentSense) {
  EXPECT_EQ(words_->word_class("city"), 16);  // noun.location 15 + 1
  EXPECT_EQ(words_->word_class("cities"), 16);
  EXPECT_EQ(words_->word_class("singer"), 19);  // noun.person 18 + 1
  EXPECT_EQ(words_->word_class("run"), 39);     // verb.motion 38 + 1
  EXPECT_EQ(words_->word_class("xyzzyq"), 0);
  EXPECT_EQ(words_->word_class(""), 0);
}

TEST_F(WordNetTest, NeighboursAreSortedAndNameTheBases) {
  const auto near = words_->neighbours("mice");
  EXPECT_THAT(near->bases, Contains("mouse"));
  EXPECT_TRUE(std::is_sorted(near->related.begin(), near->related.end()));
  EXPECT_TRUE(words_->neighbours("xyzzyq")->bases.empty());
}

TEST_F(WordNetTest, KnowsLemmasAndProperNames) {
  EXPECT_TRUE(words_->knows("city", true));
  EXPECT_FALSE(words_->knows("cities"));
  EXPECT_TRUE(words_->knows("rio grande"));
  EXPECT_TRUE(words_->is_proper_name("kentucky"));
  EXPECT_FALSE(words_->is_proper_name("city"));
}

TEST_F(WordNetTest, ConceptsAreSharedByNearWords) {
  const auto singer = words_->concepts("singer");
  const auto musician = words_->concepts("musician");
  EXPECT_LE(singer.size(), WordNet::max_concepts);
  EXPECT_THAT(singer, Contains(::testing::AnyOfArray(musician)));
}

TEST_F(WordNetTest, IsThreadSafe) {
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 200; ++k) {
        const bool good = words_->relation("car", "automobile") == WordRelation::synonym &&
                          words_->word_class("city") == 16;
        if (!good) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(WordNetFilesTest, MissingFolderSaysWhatToInstall) {
  const auto opened = WordNet::open("/nowhere/at/all");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::not_found);
  EXPECT_THAT(opened.error().hint, HasSubstr("wordnet-base"));
}

TEST(WordNetFilesTest, NoneKnowsNothing) {
  const auto none = WordNet::none();
  EXPECT_EQ(none->relation("car", "car"), WordRelation::none);
  EXPECT_EQ(none->word_class("car"), 0);
  EXPECT_TRUE(none->neighbours("car")->synonyms.empty());
}

/// A folder of database files with this text in index.noun and data.noun.
class BrokenFiles {
 public:
  BrokenFiles(const std::string& index, const std::string& data) {
    folder_ = std::filesystem::path(::testing::TempDir()) / "idi_broken_wordnet";
    std::filesystem::create_directories(folder_);
    for (const char* name : {"index.verb", "data.verb", "verb.exc", "index.adj", "data.adj",
                             "adj.exc", "index.adv", "data.adv", "adv.exc", "noun.exc"}) {
      std::ofstream(folder_ / name) << "";
    }
    std::ofstream(folder_ / "index.noun") << index;
    std::ofstream(folder_ / "data.noun") << data;
  }
  ~BrokenFiles() { std::filesystem::remove_all(folder_); }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

TEST(WordNetFilesTest, BrokenFilesGiveFewerWordsButNoCrash) {
  for (const std::string& index :
       {std::string("car n 1 1 @ 1 1 99999999\n"), std::string("car n 99999999 1 @ 1 1 0\n"),
        std::string("car n 1 -5 @\n"), std::string("car"), std::string("\n\n\n\n"),
        std::string(200'000, 'c'), std::string("car n 1 1 @ 1 1 00000000\n")}) {
    for (const std::string& data :
         {std::string(), std::string("00000000 99 n ff car 0\n"),
          std::string("00000000 06 n 01 car 0 999 @ 00000000 n 0000 | gloss\n"),
          std::string("00000000 06 n 01 car 0 001 @ 44444444 n ffff | gloss\n")}) {
      const BrokenFiles files(index, data);
      const auto words = WordNet::open(files.folder());
      ASSERT_TRUE(words) << words.error().to_text();
      (*words)->relation("car", "vehicle");
      (*words)->word_class("car");
      (*words)->concepts("car");
      EXPECT_FALSE((*words)->knows("bus"));
    }
  }
}

TEST(WordNetFilesTest, FindsFirstAndLastLines) {
  const BrokenFiles files(
      "  1 licence\naa n 1 0 1 1 00000000\nmm n 1 0 1 0 00000000\nzz n 1 0 1 0 00000000\n",
      "00000000 06 n 01 aa 0 000 | gloss\n");
  const auto words = WordNet::open(files.folder());
  ASSERT_TRUE(words);
  for (const char* word : {"aa", "mm", "zz"}) EXPECT_TRUE((*words)->knows(word)) << word;
  for (const char* word : {"a", "ab", "zzz", "1"}) EXPECT_FALSE((*words)->knows(word)) << word;
}

}  // namespace
}  // namespace idi::link
