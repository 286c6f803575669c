package dev.latchkey.rowsecurity.binding.delegate;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;

/**
 * Keeps parameters and properties until it is known which SQL they go to, refuses other SQL, and passes every other call to
 * {@link #delegate()}: mechanical, no logic.
 */
@SuppressWarnings("deprecation") // the interface still has these methods
public abstract class RecordingPreparedStatement extends DelegatingStatement implements PreparedStatement {

    @Override
    protected abstract PreparedStatement delegate() throws SQLException;

    /** A parameter that is set later, at the position it then has. */
    protected abstract void record(int index, Parameter parameter) throws SQLException;

    /** A property that every statement prepared from now on has, and the present one if there is one. */
    protected abstract void keep(Setting setting) throws SQLException;

    @Override
    public void setMaxRows(int rows) throws SQLException {
        keep(statement -> statement.setMaxRows(rows));
    }

    @Override
    public void setLargeMaxRows(long rows) throws SQLException {
        keep(statement -> statement.setLargeMaxRows(rows));
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        keep(statement -> statement.setQueryTimeout(seconds));
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        keep(statement -> statement.setFetchDirection(direction));
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        keep(statement -> statement.setEscapeProcessing(enable));
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        keep(statement -> statement.setPoolable(poolable));
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        keep(statement -> statement.setCursorName(name));
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        keep(PreparedStatement::closeOnCompletion);
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        keep(statement -> statement.setFetchSize(rows));
    }

    @Override
    public void setMaxFieldSize(int bytes) throws SQLException {
        keep(statement -> statement.setMaxFieldSize(bytes));
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        return delegate().getMetaData();
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        return delegate().getParameterMetaData();
    }

    @Override
    public void setArray(int index, Array x) throws SQLException {
        record(index, (statement, i) -> statement.setArray(i, x));
    }

    @Override
    public void setAsciiStream(int index, InputStream x) throws SQLException {
        record(index, (statement, i) -> statement.setAsciiStream(i, x));
    }

    @Override
    public void setAsciiStream(int index, InputStream x, int length) throws SQLException {
        record(index, (statement, i) -> statement.setAsciiStream(i, x, length));
    }

    @Override
    public void setAsciiStream(int index, InputStream x, long length) throws SQLException {
        record(index, (statement, i) -> statement.setAsciiStream(i, x, length));
    }

    @Override
    public void setBigDecimal(int index, BigDecimal x) throws SQLException {
        record(index, (statement, i) -> statement.setBigDecimal(i, x));
    }

    @Override
    public void setBinaryStream(int index, InputStream x) throws SQLException {
        record(index, (statement, i) -> statement.setBinaryStream(i, x));
    }

    @Override
    public void setBinaryStream(int index, InputStream x, int length) throws SQLException {
        record(index, (statement, i) -> statement.setBinaryStream(i, x, length));
    }

    @Override
    public void setBinaryStream(int index, InputStream x, long length) throws SQLException {
        record(index, (statement, i) -> statement.setBinaryStream(i, x, length));
    }

    @Override
    public void setBlob(int index, InputStream x) throws SQLException {
        record(index, (statement, i) -> statement.setBlob(i, x));
    }

    @Override
    public void setBlob(int index, Blob x) throws SQLException {
        record(index, (statement, i) -> statement.setBlob(i, x));
    }

    @Override
    public void setBlob(int index, InputStream x, long length) throws SQLException {
        record(index, (statement, i) -> statement.setBlob(i, x, length));
    }

    @Override
    public void setBoolean(int index, boolean x) throws SQLException {
        record(index, (statement, i) -> statement.setBoolean(i, x));
    }

    @Override
    public void setByte(int index, byte x) throws SQLException {
        record(index, (statement, i) -> statement.setByte(i, x));
    }

    @Override
    public void setBytes(int index, byte[] x) throws SQLException {
        record(index, (statement, i) -> statement.setBytes(i, x));
    }

    @Override
    public void setCharacterStream(int index, Reader x) throws SQLException {
        record(index, (statement, i) -> statement.setCharacterStream(i, x));
    }

    @Override
    public void setCharacterStream(int index, Reader x, int length) throws SQLException {
        record(index, (statement, i) -> statement.setCharacterStream(i, x, length));
    }

    @Override
    public void setCharacterStream(int index, Reader x, long length) throws SQLException {
        record(index, (statement, i) -> statement.setCharacterStream(i, x, length));
    }

    @Override
    public void setClob(int index, Reader x) throws SQLException {
        record(index, (statement, i) -> statement.setClob(i, x));
    }

    @Override
    public void setClob(int index, Clob x) throws SQLException {
        record(index, (statement, i) -> statement.setClob(i, x));
    }

    @Override
    public void setClob(int index, Reader x, long length) throws SQLException {
        record(index, (statement, i) -> statement.setClob(i, x, length));
    }

    @Override
    public void setDate(int index, Date x) throws SQLException {
        record(index, (statement, i) -> statement.setDate(i, x));
    }

    @Override
    public void setDate(int index, Date x, Calendar calendar) throws SQLException {
        record(index, (statement, i) -> statement.setDate(i, x, calendar));
    }

    @Override
    public void setDouble(int index, double x) throws SQLException {
        record(index, (statement, i) -> statement.setDouble(i, x));
    }

    @Override
    public void setFloat(int index, float x) throws SQLException {
        record(index, (statement, i) -> statement.setFloat(i, x));
    }

    @Override
    public void setInt(int index, int x) throws SQLException {
        record(index, (statement, i) -> statement.setInt(i, x));
    }

    @Override
    public void setLong(int index, long x) throws SQLException {
        record(index, (statement, i) -> statement.setLong(i, x));
    }

    @Override
    public void setNCharacterStream(int index, Reader x) throws SQLException {
        record(index, (statement, i) -> statement.setNCharacterStream(i, x));
    }

    @Override
    public void setNCharacterStream(int index, Reader x, long length) throws SQLException {
        record(index, (statement, i) -> statement.setNCharacterStream(i, x, length));
    }

    @Override
    public void setNClob(int index, Reader x) throws SQLException {
        record(index, (statement, i) -> statement.setNClob(i, x));
    }

    @Override
    public void setNClob(int index, NClob x) throws SQLException {
        record(index, (statement, i) -> statement.setNClob(i, x));
    }

    @Override
    public void setNClob(int index, Reader x, long length) throws SQLException {
        record(index, (statement, i) -> statement.setNClob(i, x, length));
    }

    @Override
    public void setNString(int index, String x) throws SQLException {
        record(index, (statement, i) -> statement.setNString(i, x));
    }

    @Override
    public void setNull(int index, int sqlType) throws SQLException {
        record(index, (statement, i) -> statement.setNull(i, sqlType));
    }

    @Override
    public void setNull(int index, int sqlType, String typeName) throws SQLException {
        record(index, (statement, i) -> statement.setNull(i, sqlType, typeName));
    }

    @Override
    public void setObject(int index, Object x) throws SQLException {
        record(index, (statement, i) -> statement.setObject(i, x));
    }

    @Override
    public void setObject(int index, Object x, int sqlType) throws SQLException {
        record(index, (statement, i) -> statement.setObject(i, x, sqlType));
    }

    @Override
    public void setObject(int index, Object x, SQLType targetSqlType) throws SQLException {
        record(index, (statement, i) -> statement.setObject(i, x, targetSqlType));
    }

    @Override
    public void setObject(int index, Object x, int sqlType, int scaleOrLength) throws SQLException {
        record(index, (statement, i) -> statement.setObject(i, x, sqlType, scaleOrLength));
    }

    @Override
    public void setObject(int index, Object x, SQLType targetSqlType, int scaleOrLength) throws SQLException {
        record(index, (statement, i) -> statement.setObject(i, x, targetSqlType, scaleOrLength));
    }

    @Override
    public void setRef(int index, Ref x) throws SQLException {
        record(index, (statement, i) -> statement.setRef(i, x));
    }

    @Override
    public void setRowId(int index, RowId x) throws SQLException {
        record(index, (statement, i) -> statement.setRowId(i, x));
    }

    @Override
    public void setSQLXML(int index, SQLXML x) throws SQLException {
        record(index, (statement, i) -> statement.setSQLXML(i, x));
    }

    @Override
    public void setShort(int index, short x) throws SQLException {
        record(index, (statement, i) -> statement.setShort(i, x));
    }

    @Override
    public void setString(int index, String x) throws SQLException {
        record(index, (statement, i) -> statement.setString(i, x));
    }

    @Override
    public void setTime(int index, Time x) throws SQLException {
        record(index, (statement, i) -> statement.setTime(i, x));
    }

    @Override
    public void setTime(int index, Time x, Calendar calendar) throws SQLException {
        record(index, (statement, i) -> statement.setTime(i, x, calendar));
    }

    @Override
    public void setTimestamp(int index, Timestamp x) throws SQLException {
        record(index, (statement, i) -> statement.setTimestamp(i, x));
    }

    @Override
    public void setTimestamp(int index, Timestamp x, Calendar calendar) throws SQLException {
        record(index, (statement, i) -> statement.setTimestamp(i, x, calendar));
    }

    @Override
    public void setURL(int index, URL x) throws SQLException {
        record(index, (statement, i) -> statement.setURL(i, x));
    }

    @Deprecated
    @Override
    public void setUnicodeStream(int index, InputStream x, int length) throws SQLException {
        record(index, (statement, i) -> statement.setUnicodeStream(i, x, length));
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        throw alreadyHasSql();
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        throw alreadyHasSql();
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        throw alreadyHasSql();
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        throw alreadyHasSql();
    }

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        throw alreadyHasSql();
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        throw alreadyHasSql();
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        throw alreadyHasSql();
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        throw alreadyHasSql();
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        throw alreadyHasSql();
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        throw alreadyHasSql();
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        throw alreadyHasSql();
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        throw alreadyHasSql();
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        throw alreadyHasSql();
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        throw alreadyHasSql();
    }

    private static SQLException alreadyHasSql() {
        return new SQLException("A PreparedStatement runs the SQL it was prepared with and takes no other");
    }
}
