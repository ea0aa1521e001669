#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abbreviations.hpp"
#include "fake_database.hpp"
#include "idi/link/linker.hpp"
#include "implied_names.hpp"
#include "name_forms.hpp"
#include "name_synonyms.hpp"
#include "value_aliases.hpp"

namespace idi::link {
namespace {

using link::testing::column;
using link::testing::table;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Abbreviations, AreSpelledOut) {
  EXPECT_THAT(expansions_of("dob"), ElementsAre("date of birth"));
  EXPECT_THAT(expansions_of("st"), ElementsAre("state", "street"));
  EXPECT_THAT(expansions_of("banana"), IsEmpty());
}

TEST(Abbreviations, ShortenWords) {
  EXPECT_TRUE(may_abbreviate("mgr", "manager"));
  EXPECT_TRUE(may_abbreviate("hosp", "hospital"));
  EXPECT_TRUE(may_abbreviate("acct", "account"));
  EXPECT_FALSE(may_abbreviate("mgr", "migration"));
  EXPECT_FALSE(may_abbreviate("cat", "car"));
  EXPECT_FALSE(may_abbreviate("department", "dept"));
  EXPECT_FALSE(may_abbreviate("", "word"));
}

TEST(ImpliedNames, AreFound) {
  EXPECT_THAT(std::string(names_implied_by("oldest")), ::testing::HasSubstr("age"));
  EXPECT_THAT(std::string(names_implied_by("how much")), ::testing::HasSubstr("price"));
  EXPECT_TRUE(names_implied_by("banana").empty());
  for (const ImpliedName& each : implied_names()) {
    EXPECT_EQ(names_implied_by(each.trigger), each.names) << each.trigger;
  }
  EXPECT_TRUE(implies_time("latest"));
}

TEST(NameSynonyms, AreSymmetricByStems) {
  EXPECT_THAT(name_synonyms_of(stem("cities")), Contains(stem("town")));
  EXPECT_THAT(name_synonyms_of(stem("towns")), Contains(stem("city")));
  EXPECT_THAT(name_synonyms_of("phone number"), Contains("telephon"));
  EXPECT_THAT(name_synonyms_of("banana"), IsEmpty());
}

TEST(ValueAliases, AreSymmetric) {
  EXPECT_THAT(aliases_of("french"), Contains("france"));
  EXPECT_THAT(aliases_of("france"), Contains("french"));
  EXPECT_THAT(aliases_of("ca"), Contains("canada"));
  EXPECT_THAT(aliases_of("ca"), Contains("california"));
  EXPECT_THAT(aliases_of("female"), Contains("f"));
  EXPECT_THAT(aliases_of("banana"), IsEmpty());
}

class NameReaderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = WordNet::open();
    if (!opened) GTEST_SKIP() << opened.error().to_text();
    words_ = *opened;
    schema_.tables = {table("airports", {column("AirportName"), column("petid"), column("dob")}),
                      table("customer", {column("name")})};
  }
  [[nodiscard]] NameReader reader() const { return {schema_, *words_}; }
  Schema schema_;
  std::shared_ptr<const WordNet> words_;
};

TEST_F(NameReaderTest, SplitsGluedWords) {
  EXPECT_THAT(reader().split("airportname"), ElementsAre("airport", "name"));
  EXPECT_THAT(reader().split("petid"), ElementsAre("pet", "id"));
  EXPECT_THAT(reader().split("lastname"), ElementsAre("last", "name"));
  EXPECT_THAT(reader().split("customerno"), ElementsAre("customer", "no"));
}

TEST_F(NameReaderTest, LeavesWordsWhole) {
  for (const std::string word :
       {"telephone", "keyword", "dataset", "appelation", "cities", "xqzzy", "été", "id", ""}) {
    EXPECT_THAT(reader().split(word), ElementsAre(word));
  }
}

TEST_F(NameReaderTest, SpeaksPlainly) {
  EXPECT_EQ(reader().spoken("airportname"), "airport name");
  EXPECT_EQ(reader().spoken("dob"), "date of birth");
  EXPECT_EQ(reader().spoken("stu fname"), "student first name");
  EXPECT_EQ(reader().spoken("st"), "st");  // state or street: not known
  EXPECT_EQ(reader().spoken("--"), "--");
  EXPECT_EQ(reader().spoken(""), "");
}

TEST_F(NameReaderTest, FormsStartWithTheNameItself) {
  const auto forms = reader().forms_of("cust st");
  ASSERT_EQ(forms.size(), 4U);
  EXPECT_THAT(forms[0].words, ElementsAre("cust", "st"));
  EXPECT_EQ(forms[0].strength, NameMatch::exact);
  EXPECT_THAT(forms[2].words, ElementsAre("customer", "state"));
  EXPECT_EQ(forms[2].strength, NameMatch::synonym);
  EXPECT_THAT(forms[3].words, ElementsAre("customer", "street"));
}

}  // namespace
}  // namespace idi::link
