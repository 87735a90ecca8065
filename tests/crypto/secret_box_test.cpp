// Goal: a sealed secret opens with its key and context only, and any change is noticed.
#define BOOST_TEST_DYN_LINK
#include "crypto/secret_box.hpp"

#include "crypto/base64.hpp"
#include "crypto/hash.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

BOOST_AUTO_TEST_SUITE(secret_boxes)

using namespace polar_flow;
using namespace polar_flow::crypto;

namespace {

// The published vector of the Fernet specification.
constexpr std::string_view published_key = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
constexpr std::string_view published_token
    = "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVm"
      "pU4IwqDA==";

secret_box make_box(std::string_view key = published_key, std::uint64_t seed = 1) {
  return secret_box::from_fernet_key(key, make_seeded_random(seed)).value();
}

bool is_undecryptable(const result<std::string>& opened) {
  return !opened && opened.error().code == errc::undecryptable;
}

} // namespace

BOOST_AUTO_TEST_CASE(secrets_come_back) {
  const auto box = make_box();
  for (const auto& secret :
       {std::string{}, std::string{"token"}, std::string{"a\0b", 3}, std::string(10'000, 'x')}) {
    const auto sealed = box.seal(secret, "token/12345");
    BOOST_TEST(sealed.starts_with("v1."));
    BOOST_TEST((box.open(sealed, "token/12345") == secret));
  }
}

BOOST_AUTO_TEST_CASE(sealing_twice_differs) {
  const auto box = make_box();
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i)
    BOOST_TEST(seen.insert(box.seal("token", "token/1")).second);
}

BOOST_AUTO_TEST_CASE(the_format_stays) {
  // Rows written by this version must open in every later one: recorded from this version.
  constexpr std::string_view recorded = "v1.PH4x_ph_d060MMdFhrJUwBQZd7tOlqrt_faD0LWrXFhT-ak";
  BOOST_TEST((make_box().open(recorded, "token/12345") == "a token"));
}

BOOST_AUTO_TEST_CASE(another_context_does_not_open) {
  const auto box = make_box();
  const auto sealed = box.seal("token", "token/1");
  for (const auto* context : {"", "token/2", "token/1 ", "token/"})
    BOOST_TEST(is_undecryptable(box.open(sealed, context)), context);
}

BOOST_AUTO_TEST_CASE(another_key_does_not_open) {
  const auto random = make_seeded_random(2);
  const auto other = make_box(generate_fernet_key(*random));
  BOOST_TEST(is_undecryptable(other.open(make_box().seal("token", "c"), "c")));
  BOOST_TEST(is_undecryptable(other.open(published_token, "c")));
}

BOOST_AUTO_TEST_CASE(every_changed_character_is_noticed) {
  const auto box = make_box();
  const auto sealed = box.seal("token", "c");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    for (const char replacement : {'A', 'B', '_', '=', ' ', '\0'}) {
      if (sealed[i] == replacement)
        continue;
      auto changed = sealed;
      changed[i] = replacement;
      BOOST_TEST(is_undecryptable(box.open(changed, "c")), i);
    }
    BOOST_TEST(is_undecryptable(box.open(sealed.substr(0, i), "c")), i);
  }
  BOOST_TEST(is_undecryptable(box.open(sealed + "A", "c")));
  BOOST_TEST(is_undecryptable(box.open(sealed + "=", "c")));
}

BOOST_AUTO_TEST_CASE(every_changed_byte_is_noticed) {
  const auto box = make_box();
  const auto sealed = box.seal("token", "c");
  const auto bytes = *from_base64url(sealed.substr(3));
  for (std::size_t i = 0; i < bytes.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::vector<std::uint8_t> changed{bytes.begin(), bytes.end()};
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ 1 << bit);
      BOOST_TEST(is_undecryptable(box.open("v1." + to_base64url(changed, padding::none), "c")), i);
    }
}

BOOST_AUTO_TEST_CASE(nonsense_is_refused) {
  const auto box = make_box();
  for (const auto* text : {"", "v1", "v1.", "v1.AAAA", "v2.AAAA", "gAAAA", "token", "\xff\xfe"})
    BOOST_TEST(is_undecryptable(box.open(text, "c")), text);
}

BOOST_AUTO_TEST_CASE(fernet_tokens_open_in_any_context) {
  BOOST_TEST((make_box().open(published_token, "token/12345") == "hello"));
}

BOOST_AUTO_TEST_CASE(messages_tell_no_secret) {
  const auto opened = make_box().open("v1.c2VjcmV0", "c");
  BOOST_TEST(opened.error().message.find("c2VjcmV0") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(keys_are_checked) {
  const auto random = make_seeded_random(1);
  const auto is_refused = [&](std::string_view key) {
    const auto box = secret_box::from_fernet_key(key, random);
    return !box && box.error().code == errc::invalid_argument
           && box.error().message.find(key.empty() ? "\n" : key) == std::string::npos;
  };
  BOOST_TEST(is_refused(""));
  BOOST_TEST(is_refused("cw_0x689RpI"));
  BOOST_TEST(is_refused("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=AAAA"));
  BOOST_TEST(is_refused("cw_0x689RpI jtRR7oE8h_eQsKImvJapLeSbXpwF4e4="));
  BOOST_TEST(is_refused(std::string(64, '0')));
}

BOOST_AUTO_TEST_CASE(keys_are_read_as_python_reads_them) {
  // The other base64 alphabet, a line end, no padding, spare bits: all the same key.
  for (const auto* key : {"cw/0x689RpI+jtRR7oE8h/eQsKImvJapLeSbXpwF4e4=",
                          "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=\n",
                          "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4",
                          "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e5="})
    BOOST_TEST((make_box(key).open(published_token, "") == "hello"), key);
}

BOOST_AUTO_TEST_CASE(generated_keys_are_new_and_right) {
  const auto random = make_seeded_random(5);
  const auto first = generate_fernet_key(*random);
  BOOST_TEST(first.size() == 44u);
  BOOST_TEST(first != generate_fernet_key(*random));
  BOOST_TEST(secret_box::from_fernet_key(first, random).has_value());
}

BOOST_AUTO_TEST_CASE(boxes_can_be_copied) {
  auto box = make_box();
  const auto sealed = box.seal("token", "c");
  const auto copy = box;
  box = make_box(generate_fernet_key(*make_seeded_random(9)));
  BOOST_TEST((copy.open(sealed, "c") == "token"));
  BOOST_TEST(is_undecryptable(box.open(sealed, "c")));
}

BOOST_AUTO_TEST_SUITE_END()
