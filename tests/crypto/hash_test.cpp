// Goal: hashes are those of the standards, ids are stable for ever.
#define BOOST_TEST_DYN_LINK
#include "crypto/hash.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(hashes)

using namespace polar_flow::crypto;

BOOST_AUTO_TEST_CASE(sha256_is_as_published) {
  // FIPS 180-2, appendix B, and the well-known hash of nothing.
  BOOST_TEST(sha256_hex("abc")
             == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  BOOST_TEST(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
             == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  BOOST_TEST(sha256_hex(std::string(1'000'000, 'a'))
             == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  BOOST_TEST(sha256_hex("")
             == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  BOOST_TEST(sha256_hex({}) == sha256_hex(""));
}

BOOST_AUTO_TEST_CASE(hmac_is_as_published) {
  // RFC 4231, test cases 1, 2, 3 and 6.
  BOOST_TEST(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There"))
             == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  BOOST_TEST(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?"))
             == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  BOOST_TEST(to_hex(hmac_sha256(std::string(20, '\xaa'), std::string(50, '\xdd')))
             == "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  BOOST_TEST(to_hex(hmac_sha256(std::string(131, '\xaa'),
                                "Test Using Larger Than Block-Size Key - Hash Key First"))
             == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

BOOST_AUTO_TEST_CASE(hkdf_is_as_published) {
  // RFC 5869, test cases 1 and 3: the first 32 of their 42 bytes.
  std::string salt;
  for (char c = 0; c <= 0x0c; ++c)
    salt += c;
  const std::string info{"\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9"};
  const std::string secret(22, '\x0b');
  BOOST_TEST(to_hex(hkdf_sha256(secret, salt, info))
             == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
  BOOST_TEST(to_hex(hkdf_sha256(secret, "", ""))
             == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

BOOST_AUTO_TEST_CASE(hex_is_lower_case) {
  const std::uint8_t bytes[] = {0x00, 0x0f, 0xa5, 0xff};
  BOOST_TEST(to_hex(bytes) == "000fa5ff");
  BOOST_TEST(to_hex({}) == "");
}

BOOST_AUTO_TEST_CASE(comparing_sees_every_byte) {
  BOOST_TEST(equal_in_constant_time("", ""));
  BOOST_TEST(equal_in_constant_time("secret", "secret"));
  BOOST_TEST(!equal_in_constant_time("secret", "secre"));
  BOOST_TEST(!equal_in_constant_time("secret", ""));
  const std::string left(64, 'x');
  for (std::size_t i = 0; i < left.size(); ++i) {
    auto right = left;
    right[i] = 'y';
    BOOST_TEST(!equal_in_constant_time(left, right), i);
  }
}

BOOST_AUTO_TEST_CASE(stable_ids_are_uuids_of_version_5) {
  // Computed with Python: ns = uuid.uuid5(uuid.NAMESPACE_DNS, "polar-flow-server"), then
  // uuid.uuid5(ns, name).
  BOOST_TEST(stable_uuid("") == "573cd25c-56c6-559a-8a93-ea1472a9f2da");
  BOOST_TEST(stable_uuid("hello") == "ec46fd7e-c49f-56d8-b023-e88c80354d4e");
  BOOST_TEST(exercise_public_id("12345", "678") == "261a0140-c4b3-5d5f-8ad5-6734160f68cb");
  BOOST_TEST(exercise_public_id("1234", "5678") != exercise_public_id("12345", "678"));
}

BOOST_AUTO_TEST_CASE(uuid_bits_are_put_in) {
  std::array<std::uint8_t, 16> bytes{};
  bytes.fill(0xff);
  BOOST_TEST(format_uuid(bytes, 4) == "ffffffff-ffff-4fff-bfff-ffffffffffff");
  bytes.fill(0);
  BOOST_TEST(format_uuid(bytes, 5) == "00000000-0000-5000-8000-000000000000");
}

BOOST_AUTO_TEST_SUITE_END()
