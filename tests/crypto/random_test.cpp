// Goal: the forms of random texts, repeatability of the seeded source, and that the system's
// source is really random.
#define BOOST_TEST_DYN_LINK
#include "crypto/random.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <regex>
#include <set>
#include <string>

BOOST_AUTO_TEST_SUITE(randomness)

using namespace polar_flow::crypto;

BOOST_AUTO_TEST_CASE(a_seed_repeats) {
  const auto first = make_seeded_random(1);
  const auto second = make_seeded_random(1);
  const auto other = make_seeded_random(2);
  const auto text = random_hex(*first, 32);
  BOOST_TEST(random_hex(*second, 32) == text);
  BOOST_TEST(random_hex(*other, 32) != text);
  BOOST_TEST(random_hex(*first, 32) != text);
  // The seeded engine is std::mt19937_64, whose numbers the C++ standard fixes: the first of
  // seed 1 is 2469588189546311528 = 0x2245bd5f…
  BOOST_TEST(random_hex(*make_seeded_random(1), 1) == "22");
}

BOOST_AUTO_TEST_CASE(the_system_does_not_repeat) {
  const auto random = make_system_random();
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i)
    BOOST_TEST(seen.insert(random_hex(*random, 16)).second);
}

BOOST_AUTO_TEST_CASE(the_system_uses_all_bits) {
  const auto random = make_system_random();
  std::array<std::uint8_t, 4096> bytes{};
  random->fill(bytes);
  std::array<int, 8> ones{};
  for (const auto byte : bytes)
    for (std::size_t bit = 0; bit < ones.size(); ++bit)
      ones[bit] += byte >> bit & 1;
  // 2048 expected with a standard deviation of 32; ten of them never happen by chance.
  for (const auto count : ones)
    BOOST_TEST((count > 1728 && count < 2368), count);
}

BOOST_AUTO_TEST_CASE(texts_have_their_forms) {
  const auto random = make_seeded_random(3);
  BOOST_TEST(random_hex(*random, 0).empty());
  BOOST_TEST(std::regex_match(random_hex(*random, 5), std::regex{"[0-9a-f]{10}"}));
  BOOST_TEST(std::regex_match(random_api_key(*random), std::regex{"pfk_[0-9a-f]{40}"}));
  // 32 bytes are 43 characters without padding, as the OAuth state of the contract has.
  BOOST_TEST(std::regex_match(random_base64url(*random, 32), std::regex{"[A-Za-z0-9_-]{43}"}));
  const std::regex uuid{"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"};
  for (int i = 0; i < 50; ++i)
    BOOST_TEST(std::regex_match(random_uuid(*random), uuid));
}

BOOST_AUTO_TEST_SUITE_END()
