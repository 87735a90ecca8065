#pragma once

// What every test file includes and what takes a compiler longest, read once per test program.
#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>
