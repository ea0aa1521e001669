#include "mirrors.hpp"

#include <gmock/gmock.h>

namespace idi::llama_runtime {
namespace {

using ::testing::ElementsAre;

const Mirror everybodys{everybodys_mirror, debian_keyring};

std::vector<Mirror> one_line(const std::string& text) {
  return mirrors_in({{text, false}}, "bookworm");
}
std::vector<Mirror> deb822(const std::string& text) {
  return mirrors_in({{text, true}}, "bookworm");
}

TEST(Mirrors, NoneNamedIsEverybodys) {
  EXPECT_THAT(mirrors_in({}, "bookworm"), ElementsAre(everybodys));
  EXPECT_THAT(one_line("# deb http://ftp.example.org/debian bookworm main\n"),
              ElementsAre(everybodys));
}

TEST(Mirrors, OneLine) {
  EXPECT_THAT(one_line("deb http://ftp.example.org/debian/ bookworm main contrib # near\n"
                       "deb-src http://source.example.org/debian bookworm main\n"),
              ElementsAre(Mirror{"http://ftp.example.org/debian", debian_keyring}, everybodys));
}

TEST(Mirrors, OneLineWithOptions) {
  EXPECT_THAT(
      one_line("deb [ arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg ] "
               "https://deb.example.org/anything bookworm main\n"),
      ElementsAre(Mirror{"https://deb.example.org/anything", debian_keyring}, everybodys));
}

TEST(Mirrors, Deb822WithAllItsWays) {
  EXPECT_THAT(deb822("# a comment\n"
                     "Types: deb deb-src\n"
                     "URIs:\n"
                     "  http://one.example.org/debian/\n"
                     "# in the middle\n"
                     "\thttp://two.example.org/debian\n"
                     "suites: bookworm bookworm-updates\n"
                     "COMPONENTS: main\n"
                     "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n"),
              ElementsAre(Mirror{"http://one.example.org/debian", debian_keyring},
                          Mirror{"http://two.example.org/debian", debian_keyring}, everybodys));
}

TEST(Mirrors, SecurityUpdatesBackportsAndOthersAreNotTheArchive) {
  EXPECT_THAT(
      deb822("Types: deb\nURIs: http://deb.example.org/debian-security\n"
             "Suites: bookworm-security\nComponents: main\n"
             "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n"
             "\n"
             "Types: deb\nURIs: http://deb.example.org/backports\nSuites: bookworm-backports\n"
             "Components: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n"
             "\n"
             "Types: deb\nURIs: https://vendor.example.com/debian\nSuites: bookworm\n"
             "Components: main\nSigned-By: /usr/share/keyrings/vendor.gpg\n"
             "\n"
             "Types: deb\nURIs: https://other.example.com/debian\nSuites: bookworm\n"
             "Components: stable\n"),
      ElementsAre(everybodys));
}

TEST(Mirrors, WhatIsDisabledIsNotUsed) {
  EXPECT_THAT(deb822("Enabled: no\nTypes: deb\nURIs: http://ftp.example.org/debian\n"
                     "Suites: bookworm\nComponents: main\n"),
              ElementsAre(everybodys));
}

TEST(Mirrors, SignedByDebianComesBeforeWhatIsOnlyNamedSo) {
  EXPECT_THAT(
      mirrors_in({{"deb http://likely.example.org/debian stable main\n", false},
                  {"Types: deb\nURIs: http://sure.example.org/d\nSuites: stable\nComponents: main\n"
                   "Signed-By: /usr/share/keyrings/debian-archive-keyring.pgp\n",
                   true}},
                 ""),
      ElementsAre(
          Mirror{"http://sure.example.org/d", "/usr/share/keyrings/debian-archive-keyring.pgp"},
          Mirror{"http://likely.example.org/debian", debian_keyring}, everybodys));
}

TEST(Mirrors, EachIsNamedOnce) {
  EXPECT_THAT(one_line("deb http://deb.debian.org/debian bookworm main\n"
                       "deb http://deb.debian.org/debian/ trixie main\n"),
              ElementsAre(everybodys));
}

TEST(Mirrors, WhatCannotBeReachedFromAPrivateFolderIsNotUsed) {
  EXPECT_THAT(one_line("deb cdrom:[Debian_12]/ bookworm main\n"
                       "deb file:/srv/debian bookworm main\n"),
              ElementsAre(everybodys));
}

TEST(Mirrors, NonsenseIsPassedOver) {
  EXPECT_THAT(one_line("deb\ndeb [\n]deb[ http://x\n\xff\xfe deb deb deb deb\n"),
              ElementsAre(everybodys));
  EXPECT_THAT(deb822(" goes on with nothing\n:\n: :\nTypes\n\xff: \xfe\n"),
              ElementsAre(everybodys));
}

}  // namespace
}  // namespace idi::llama_runtime
